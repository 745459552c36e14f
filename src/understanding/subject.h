#ifndef UNDERSTANDING_SUBJECT_H
#define UNDERSTANDING_SUBJECT_H
/*
 * subject -- which medicine or laboratory value a question is about, and which facts of the record are about it.
 *
 * A medicine is taken for a misspelt one of the record only when no other medicine is as near (names.h): "prednisolon" is never answered with
 * prednisone. A medicine or value that is named but of which the record has no fact is `missing`: it must be looked for in the
 * passages or refused, never answered with another one.
 *
 * A medicine is also named by another name of its substance, when it is made of that alone ("doliprane" names paracetamol): such a name is
 * `kin_drug`, and who answers must say that the record has it under another name. What an antibiogram says of a medicine is about a germ:
 * it is named only by a question about germs. "Hémoglobine glyquée" is one value, a set ("NFS") is all of its values.
 */
#include "search/record.h"
#include "language/vaccine.h"

struct subject {
    bool *drug, *lab; /* a token each: part of a medicine's or a value's name */
    bool *own;        /* a token each: part of the patient's own name */
    bool *vaccine,
        *shot; /* a token each: a vaccine or the disease that it protects from, and one that is a vaccine's name only */
    uint32_t vaccines
        [VACCINES_NAMED_MAX]; /* what each vaccine that is named protects from: bits of enum vaccine_against */
    size_t vaccine_count;
    bool names_drug, names_lab;
    bool *fact; /* a fact of the record each: it is named */
    size_t fact_count;
    struct str missing_drug, missing_lab; /* folded; empty: nothing is missing */
    bool
        missing_insulin; /* of a kind that the record does not name: what it says of another one is no answer */
    struct str kin_drug; /* folded, as asked: the record has its substance under another name; empty: none */
};

enum status subject_read(struct arena *, const struct record *, const struct tokens *, struct subject *,
                         struct err *) MUST_CHECK;

/* True when a fact of the name `folded` is named by the words of `asked` (folded, separated by spaces), by the same rules. */
bool subject_names_match(struct str asked, struct str folded);

/* Two folded names of one laboratory value: "glycemie a jeun" and "glucose a jeun", not "cholesterol total" and "cholesterol hdl". */
bool subject_same_value(struct str a, struct str b);

#endif
