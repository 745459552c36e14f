#ifndef DOCUMENTS_PERSON_H
#define DOCUMENTS_PERSON_H
/*
 * person -- whom a document is about and who signs it.
 *
 * Names are given as printed, given name first ("NOM Prénom" is turned round when capitals tell which is which). The author is
 * never the addressee: on a laboratory report only who is labelled as author, biologist or signer counts.
 */
#include "documents/date_fr.h"
#include "documents/fact.h"
#include "documents/sheet.h"

/* A name beside a day in the head of a page, of which no label says whose they are; and what can confirm it. */
struct person_signs {
    struct str name;
    struct date birth; /* year 0: no such block */
    bool civil;        /* "M.", "Mme" stood before the name */
    int number_year,
        number_month; /* of birth, from an insurance number: the last two figures of the year; month 0: none */
    int age;          /* "45 ans"; -1: none */
};

struct persons {
    struct str patient, author;
    struct date birth;
    int patient_points, author_points; /* how sure: a better find replaces a worse */
    struct str last_name, first_name;  /* "Nom : …", "Prénom : …" while they are collected */
    struct person_signs signs;         /* a header block that names nobody as the patient */
};

/* Looks through a page; pages come in order. Who signs an enclosed paper is not the author. False: the arena is full. */
bool persons_read(struct arena *, const struct sheet *, enum document_kind, bool enclosed,
                  struct persons *) MUST_CHECK;

/*
 * Takes the day of a header block without labels for the birth when an insurance number or an age on the page agrees with it, or when it
 * stands behind "M." or "Mme" and lies a year or more before the day of the paper. False: the arena is full.
 */
bool persons_settle(struct arena *, struct persons *, struct date paper) MUST_CHECK;

/* "BERNARD Paul" -> "Paul BERNARD"; anything else as it is. False: the arena is full. */
bool person_name_order(struct arena *, struct str name, struct str *out) MUST_CHECK;

#endif
