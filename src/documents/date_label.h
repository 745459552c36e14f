#ifndef DOCUMENTS_DATE_LABEL_H
#define DOCUMENTS_DATE_LABEL_H
/*
 * date_label -- which words speak of a day on a page, and whether they say that it is one to come.
 *
 * A day's label stands before it in its own cell; where nothing does, in the cell before it or over it. "RDV : 12/12/2026", "à revoir
 * avec bilan le …", a column "Prochain contrôle" and "12/12/2026 à 9h : rendez-vous" are appointments; "consultations sur
 * rendez-vous" is none. Pure.
 */
#include "documents/date_fr.h"
#include "documents/sheet.h"

/* The first token of the words before the day that can be its label: the start of its cell, or of the cell before that says something. */
size_t date_label_from(const struct tokens *, const struct date_found *);

/* The cell over the day, or over the days that it stands below; false when its own line labels it, or nothing short stands there. */
bool date_label_above(const struct sheet *, size_t line, const struct date_found *, const struct tokens **t,
                      size_t *from, size_t *to);

/* True if the day is that of an appointment. */
bool date_is_called(const struct sheet *, size_t line, const struct date_found *);

/* True for a line over appointments: "CARTE DE RENDEZ-VOUS", "Prochains rendez-vous :", "Convocation". */
bool date_heads_calls(const struct tokens *);

#endif
