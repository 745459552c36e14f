#ifndef TOOLS_LEARN_H
#define TOOLS_LEARN_H
/*
 * learn -- learns from labelled messages what their features (src/language/feature.h) weigh for one class of messages or several, and writes the
 * weights as a C table for the build.
 *
 *   PROGRAM OUT.c FILE…            learns from all messages
 *   PROGRAM --folds FILE…          learns from nine tenths and judges the tenth, ten times
 *   PROGRAM --judge TEST FILE…     learns from FILE… and judges TEST
 *
 * Files hold lines "label<TAB>language<TAB>message"; # begins a remark. Each class is told from all others by a support vector machine with
 * squared hinge loss over features that are scaled by how much likelier they are in its messages (S. Wang and C. Manning, "Baselines and
 * Bigrams", ACL 2012), solved by dual coordinate descent (C.-J. Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM",
 * ICML 2008). The same messages give the same weights.
 */
#include "language/feature.h"

enum { LEARN_CLASSES_MAX = 32 };

struct learning {
    const char *table, *header; /* "triage_weights" and what declares it */
    const char *classes[LEARN_CLASSES_MAX];
    size_t class_count;
    const char *other; /* the label of messages of no class; NULL: there is none */
    double cost;       /* of a message on the wrong side */
    int rounds;
    size_t seen_min, piece_seen_min; /* a feature of fewer messages says nothing; pieces of words are many */
    double weight_min;               /* features that weigh less for every class are left out */
    /* False: nothing is learned from the message. */
    bool (*read)(void *ctx, struct arena *, struct str text, struct features *);
    void *ctx;
};

int learn_main(int argc, char **argv, const struct learning *);

_Noreturn void learn_fatal(const char *what);

#endif
