#ifndef DOCUMENTS_KIND_H
#define DOCUMENTS_KIND_H
/*
 * kind -- what a page is, from the words that head it and from those that only one kind of document uses.
 *
 * Titles near the top weigh most ("Ordonnance", "Compte rendu d'examens biologiques"), vocabulary less; then what the lines are: drugs make
 * a prescription where they come first and make up much of the page, values a laboratory report, headed parts ("Motif", "Conclusion") a
 * report. Some drugs below a narrative are part of it. Pure.
 */
#include "documents/fact.h"
#include "documents/sheet.h"

struct kind_score {
    int points[KIND_COUNT];
    int vital;        /* lines that tell what was measured of the body */
    int lines, taken; /* how many say anything, and tell how a drug is taken */
    bool leads;       /* such a line stands before anything is told */
    bool told;        /* there are sentences or parts of a report, the first of them at: */
    int told_page;
    struct box told_at;
    bool greets;                   /* like a letter */
    int best_title;                /* points of the line that says most */
    enum document_kind title_kind; /* what that line says */
    struct str title;              /* that line, or its cell; empty: none says anything */
};

/* Adds what a page says. */
void kind_read(const struct sheet *, struct kind_score *);

/* Adds what the facts of the document say; none before all its pages are read. */
void kind_weigh_facts(struct kind_score *, const struct fact *, size_t count);

/* The kind with the most points; KIND_OTHER when nothing says enough. */
enum document_kind kind_of(const struct kind_score *);

#endif
