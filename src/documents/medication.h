#ifndef DOCUMENTS_MEDICATION_H
#define DOCUMENTS_MEDICATION_H
/*
 * medication -- the medication lines of a page, from tables and from free lines, as facts.
 *
 * A line becomes a fact when its drug is in the list and something about taking it stands with it, or when the line is a
 * clear medication line whatever its name (local brands). Devices, tests, addresses are left out. A drug that the document stops keeps
 * its name and strength, has no dose, frequency or duration, and its instruction starts with "arrêt" (normalised).
 * One fact a drug: a later regime ("puis …") stands in the instruction.
 */
#include "documents/dosage.h"
#include "documents/drug_line.h"
#include "documents/fact_list.h"
#include "documents/sheet.h"

/* The instruction of a drug that must not be taken starts with this word. */
#define MEDICATION_STOPPED "arrêt"

/* `prescribes`: the page is a prescription, so that a known drug alone on its line counts. False: the arena is full. */
bool medication_read(struct arena *, struct sheet *, bool prescribes, struct fact_list *) MUST_CHECK;

/* The tables with a column of drugs; called by medication_read(). */
bool medication_read_tables(struct arena *, struct sheet *, struct fact_list *) MUST_CHECK;

/* Puts the fields of a posology into a fact. */
bool medication_fill(struct arena *, const struct dosage *, struct fact *) MUST_CHECK;

#endif
