#ifndef DOCUMENTS_DOCUMENT_DATE_H
#define DOCUMENTS_DOCUMENT_DATE_H
/*
 * document_date -- the day of a document among all days that it names.
 *
 * Each date is weighed by the words before it: sampling, prescription and examination first, then "Dakar, le …" and a date
 * alone near the top, then validation, edition and printing. Births, appointments, previous results and deadlines never count.
 */
#include "documents/date_fr.h"
#include "documents/fact.h"
#include "documents/sheet.h"

struct date_choice {
    struct date date; /* year 0: none yet */
    int points;
};

/* Looks through a page for a better date; pages come in order, and an equal date that came first stays. */
void document_date_read(const struct sheet *, enum document_kind, struct date_choice *);

#endif
