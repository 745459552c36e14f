#ifndef LANGUAGE_FRENCH_H
#define LANGUAGE_FRENCH_H
/*
 * french -- how a French word sounds, however it is spelled on a phone: "quel", "kel" and "quelle" are one, so are "médicament" and
 * "medikaman", "ordonnance" and "ordonence".
 *
 * Made for telling spellings of one word from other words in short messages, not for speaking: nasal vowels are capitals (A as in "an", E as
 * in "vin", O as in "bon"), X is "ch", and what is mute at the end of a word is left out.
 */
#include "base/base.h"

enum { FRENCH_SOUND_BYTES_MAX = 64 };

/* Writes the sound of a folded word; answers its length, 0 for a word that is too long or has other letters than a..z. */
size_t french_sound(struct str folded, char out[FRENCH_SOUND_BYTES_MAX]);

#endif
