#ifndef DOCUMENTS_VACCINATION_H
#define DOCUMENTS_VACCINATION_H
/*
 * vaccination -- vaccines that were given, from cards, tables, certificates and letters, as facts.
 *
 * What is only planned ("à faire", "à prévoir en 2026"), refused, contra-indicated or denied ("non vacciné") is no fact. A name that is
 * a disease's too ("grippe") counts beside words of vaccination only, and a name without a day only where the text says that it was given.
 */
#include "documents/fact_list.h"
#include "documents/sheet.h"

/* What is known before a page is read. */
struct vaccination_context {
    bool is_card;    /* the paper is one of vaccinations: its lines tell of some */
    bool prescribes; /* a prescription: what it names is to be given, unless it says otherwise */
};

/* "* date de rendez-vous, dose non encore reçue" on the page: a day with an asterisk is one to come. */
bool vaccination_asterisk_is_to_come(const struct sheet *);

/* True if a title on the page says that it is a card or certificate of vaccinations. */
bool vaccination_is_card(const struct sheet *);

/* Adds the vaccinations of a page and claims their lines. False: the arena is full. */
bool vaccination_read(struct arena *, struct sheet *, const struct vaccination_context *,
                      struct fact_list *) MUST_CHECK;

/* Drops vaccinations whose day comes after that of the paper: those were planned. */
void vaccination_drop_later(struct fact_list *, struct arena *, struct date paper);

/* The tables of a page: the first half of vaccination_read(). */
bool vaccination_read_tables(struct arena *, struct sheet *, struct fact_list *) MUST_CHECK;

#endif
