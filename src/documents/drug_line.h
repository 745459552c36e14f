#ifndef DOCUMENTS_DRUG_LINE_H
#define DOCUMENTS_DRUG_LINE_H
/*
 * drug_line -- does a line begin with a drug, and how far does its name go?
 *
 * A line may open with a mark ("1)", "-", "Rp/"), a verb ("poursuivre") or an order to stop ("ne pas prendre de"). The name ends where
 * a strength, a form, a dose or a sign begins: "AMOXICILLINE/ACIDE CLAVULANIQUE", "VITAMINE B12", "SYMBICORT TURBUHALER". Pure.
 */
#include "documents/drug_list.h"

struct drug_line {
    size_t name_from, name_to; /* tokens */
    size_t dose_from, dose_to; /* before the name; equal: none */
    bool known;                /* the drug list has it, or a word of it */
    bool marked;               /* a number or bullet stands before it */
    bool stopped;              /* an order not to take it stands before it */
    bool told;                 /* more words than dose and rhythm follow the name in its sentence */
    struct drug drug;          /* when known */
};

/* True if a drug may begin at token i: known, or a plausible name (the caller then asks for more evidence). */
bool drug_line_start(const struct tokens *, size_t i, bool tolerant, struct drug_line *out) MUST_CHECK;

/* Behind the name that begins at token i. */
size_t drug_name_end(const struct tokens *, size_t i);

#endif
