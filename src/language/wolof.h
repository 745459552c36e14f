#ifndef LANGUAGE_WOLOF_H
#define LANGUAGE_WOLOF_H
/*
 * wolof -- how a Wolof word sounds, whoever spelled it.
 *
 * Wolof has an official spelling (decree 2005-992 of Senegal: "mënuma", "xol", "bëgg") that few people learnt; most write it as they would write
 * French ("meunouma", "khol", "beugue"). Both come out the same here: long vowels and double consonants are one letter, "kh" is x,
 * "ou" is u, "eu" is e, "gn" and "ny" are n, "dj" and "di" before a vowel are j, "th" and "tch" are c.
 */
#include "base/base.h"

enum { WOLOF_SOUND_BYTES_MAX = 64 };

/* Writes the sound of a folded word; answers its length, 0 for a word that is too long or has other letters than a..z. */
size_t wolof_sound(struct str folded, char out[WOLOF_SOUND_BYTES_MAX]);

#endif
