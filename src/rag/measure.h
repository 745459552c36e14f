#ifndef RAG_MEASURE_H
#define RAG_MEASURE_H
/*
 * measure -- what papers note beside the laboratory: weight, blood pressure, due date, blood group … and how each is written.
 *
 * How patients ask for one stands in measures.txt, how papers head it in measure_labels.txt. A value of the laboratory (names.h) that is
 * written with a day of its own ("HbA1c : 9,1 % le 02/02/2026", a row of an INR booklet) is read in the same way.
 */
#include "language/phrase.h"

enum measure {
    MEASURE_NONE,
    MEASURE_WEIGHT,
    MEASURE_BIRTH_WEIGHT,
    MEASURE_DRY_WEIGHT,
    MEASURE_FETAL_WEIGHT,
    MEASURE_HEIGHT,
    MEASURE_PRESSURE,
    MEASURE_EYE_PRESSURE,
    MEASURE_PULSE,
    MEASURE_TEMPERATURE,
    MEASURE_SATURATION,
    MEASURE_BODY_MASS,
    MEASURE_ARM,
    MEASURE_HEAD,
    MEASURE_BLOOD_GROUP,
    MEASURE_DUE_DATE,
    MEASURE_LAST_PERIOD,
    MEASURE_GESTATION,
    MEASURE_FUNDAL_HEIGHT,
    MEASURE_FETAL_HEART,
    MEASURE_ACUITY,
    MEASURE_CORRECTED_ACUITY,
    MEASURE_CAPILLARY_GLUCOSE,
    MEASURE_STIFFNESS,
    MEASURE_PAIN,
    MEASURE_MEMORY,
    MEASURE_PHONE,
    MEASURE_TRUSTED_PERSON,
    MEASURE_LAB, /* a value of the laboratory */
    MEASURE_COUNT
};

/* What is asked for: a measure, or the laboratory value that names_lab() knows by this number. */
struct measure_wanted {
    enum measure measure;
    int lab;
};

struct measure_book;
enum status measure_book_new(struct arena *, struct measure_book **, struct err *) MUST_CHECK;

enum { MEASURES_ASKED_MAX = 4 };
struct measures_asked {
    struct measure_wanted items[MEASURES_ASKED_MAX];
    size_t count;
    bool *said; /* a token each: part of the words that ask for them */
};

/* `lab`: a token each, names a value of the laboratory (subject.h). */
enum status measures_asked(const struct measure_book *, struct arena *, const struct tokens *,
                           const bool *lab, struct measures_asked *out, struct err *) MUST_CHECK;

/* A label of a paper's line. Of overlapping ones only the longest is given. */
struct measure_label {
    struct measure_wanted of;
    size_t first, last; /* tokens */
};
enum { MEASURE_LABELS_MAX = 16 };
enum status measure_labels(const struct measure_book *, struct arena *, const struct tokens *,
                           struct measure_label out[MEASURE_LABELS_MAX], size_t *count,
                           struct err *) MUST_CHECK;

/*
 * The words of the labels of all that is wanted, as measure_labels.txt and names.h write them ("temp*" begins one). Of a weight also "kg": what
 * nothing heads is a number of kilograms. In the arena.
 */
struct label_words {
    struct str *items;
    size_t count;
    bool any;         /* one is written in another way than in words: it may be any word */
    bool begins[256]; /* a byte with which one begins */
};
enum status measure_label_words(struct arena *, const struct measures_asked *, struct label_words *out,
                                struct err *) MUST_CHECK;

static inline bool measure_is_same(struct measure_wanted a, struct measure_wanted b) {
    return a.measure == b.measure && a.lab == b.lab;
}

/*
 * The end of the value that starts at byte `at` of a line, written as this measure is and within what a body can have; 0: there is none. `bare`: its
 * unit may be left out, as in a column.
 */
size_t measure_value_end(struct measure_wanted, struct str line, size_t at, bool bare);

/* The tables, made from measures.txt and measure_labels.txt. */
extern const struct phrase_class measures_classes[];
extern const struct phrase measures_measure[];
extern const struct phrase_class measure_labels_classes[];
extern const struct phrase measure_labels_measure[];

#endif
