#ifndef DOCUMENTS_KIND_H
#define DOCUMENTS_KIND_H
/*
 * kind -- what a page is, from the words that head it and from those that only one kind of document uses.
 *
 * Titles near the top weigh most ("Ordonnance", "Compte rendu d'examens biologiques"), vocabulary less. Pure.
 */
#include "documents/fact.h"
#include "documents/sheet.h"

struct kind_score {
    int points[KIND_COUNT];
    int best_title;   /* points of the line that says most */
    struct str title; /* that line; empty: none says anything */
};

/* Adds what a page says. */
void kind_read(const struct sheet *, struct kind_score *);

/* Adds what the facts of the document say: a page that doses drugs prescribes. */
void kind_weigh_facts(struct kind_score *, const struct fact *, size_t count);

/* The kind with the most points; KIND_OTHER when nothing says enough. */
enum document_kind kind_of(const struct kind_score *);

#endif
