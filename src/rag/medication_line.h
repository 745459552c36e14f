#ifndef RAG_MEDICATION_LINE_H
#define RAG_MEDICATION_LINE_H
/*
 * medication_line -- one medicine of a prescription in one line for the patient, and the words of the document that bear it.
 *
 * Fields are said in our order only when the document bears them: on the line itself, or, for the row of a table whose cells run into each
 * other when read line by line, cell by cell with every word in the row. Else the printed line is quoted. What was read with doubt
 * is quoted with the doubt; what could not be read is not said.
 */
#include "rag/draft.h"

struct spoken_line {
    struct str line;
    struct str quote; /* to cite; empty: nothing is said of the document */
    bool unreadable;
};

enum status medication_speak(struct draft *, const struct record_fact *, struct spoken_line *out) MUST_CHECK;

#endif
