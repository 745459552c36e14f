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

struct persons {
    struct str patient, author;
    struct date birth;
    int patient_points, author_points; /* how sure: a better find replaces a worse */
    struct str last_name, first_name;  /* "Nom : …", "Prénom : …" while they are collected */
};

/* Looks through a page; pages come in order. False: the arena is full. */
bool persons_read(struct arena *, const struct sheet *, enum document_kind, struct persons *) MUST_CHECK;

/* "BERNARD Paul" -> "Paul BERNARD"; anything else as it is. False: the arena is full. */
bool person_name_order(struct arena *, struct str name, struct str *out) MUST_CHECK;

#endif
