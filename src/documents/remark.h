#ifndef DOCUMENTS_REMARK_H
#define DOCUMENTS_REMARK_H
/*
 * remark -- allergies, appointments and diagnoses, where a document says them in plain words.
 *
 * "Allergie à la pénicilline", "Allergies : arachide, iode" (never "pas d'allergie connue"); "Prochain rendez-vous le 15/04/2024 à 10h avec
 * Dr TALL" (value: when, name: who or what); "Diagnostic : …" (name).
 */
#include "documents/fact_list.h"
#include "documents/sheet.h"

/* False: the arena is full. */
bool remark_read(struct arena *, struct sheet *, struct fact_list *) MUST_CHECK;

#endif
