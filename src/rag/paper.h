#ifndef RAG_PAPER_H
#define RAG_PAPER_H
/*
 * paper -- which of the patient's documents a question means, and the people that documents name by their part.
 *
 * A document is meant by words of its title ("mon ordonnance de sortie") or by its kind ("ma prise de sang", "ma radio"); what a picture
 * shows must be said by the document itself. Of several the one to be believed first (treatment.h).
 */
#include "rag/draft.h"

/* Of a paper, not of the patient's file, and read surely enough to be quoted. */
bool paper_is_readable(const struct draft *, const struct record_chunk *);

/* The title holds that word of the question, or says what it names by another. */
bool paper_title_names(const struct draft *, uint32_t document, size_t word);

/* How well the question names the document: words of its title, without words that say its kind. 0: not by its title. */
int paper_titled(const struct draft *, uint32_t document);

/* The document that is meant, of the time that the question names; false: none is named. */
bool paper_asked(const struct draft *, uint32_t *document);

/* The title or the text holds the word, or another word for it. */
bool paper_speaks_of(const struct draft *, uint32_t document, struct str folded);

/* Marks the chunks that hold the word or another name of it, in the text or in the title of their paper. */
enum status paper_mark_chunks(struct draft *, const struct token *, bool *chunks) MUST_CHECK;

/* "Médecin traitant DR Paul MBAYE", "Prescripteur : Dr Sow": who has that part in a document. */
enum paper_part { PART_ATTENDING, PART_PRESCRIBER };
struct paper_person {
    uint32_t document;
    int page;
    struct str name;  /* with the title, as printed */
    struct str quote; /* from the part to the name */
};
bool paper_person_of(const struct draft *, uint32_t document, enum paper_part, struct paper_person *out);

/* The line that names the author of a document; false: no line does. */
bool paper_author_line(const struct draft *, uint32_t document, struct paper_person *out);

#endif
