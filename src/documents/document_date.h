#ifndef DOCUMENTS_DOCUMENT_DATE_H
#define DOCUMENTS_DOCUMENT_DATE_H
/*
 * document_date -- the day of a document among all days that it names.
 *
 * It is the day on which the paper was written or what it tells of was done. Each date is weighed by the words before it: sampling,
 * prescription and examination first, then "Dakar, le …" and a date alone near the top, then validation, edition and printing.
 * Births, appointments (date_label.h), previous results, deadlines, the days of an insurance, and days without a label that had not
 * come yet when the paper was received never count: a paper with no other day has none.
 */
#include "documents/date_fr.h"
#include "documents/fact.h"
#include "documents/sheet.h"

struct date_choice {
    struct date date; /* year 0: none yet */
    int points;
};

/* What is known of the document. */
struct date_about {
    enum document_kind kind;
    struct date received; /* year 0: not known */
};

/* Looks through a page for a better date; pages come in order, and an equal date that came first stays. */
void document_date_read(const struct sheet *, const struct date_about *, struct date_choice *);

#endif
