#ifndef RAG_DRAFT_H
#define RAG_DRAFT_H
/*
 * draft -- an answer while it is being written: text, the sources cited so far, and what the composers need to know.
 *
 * A composer adds freely; what does not fit is left out by whole lines.
 */
#include "base/buf.h"
#include "rag/answer.h"
#include "rag/answer_words.h"
#include "search/search.h"
#include "language/expand.h"
#include "language/specimen.h"

/* What came closest to an answer, and is shown as no more than that. */
struct near_quote {
    const struct record_chunk *chunk; /* NULL: nothing is near */
    struct str quote;
    float odds;
};

struct draft {
    struct arena *arena;
    const struct record *record; /* what is quoted from: the patient's, or the clinic's advice */
    enum source_collection collection;
    const struct answer_books *books;
    const struct asked *question;
    struct text_reader *reader;
    const struct tokens *tokens;
    struct expansion names; /* what the tokens name, and papers call otherwise */
    const struct subject *subject;
    const struct when *when;
    const struct intent_reading *reading;
    struct demands demands; /* what an answer must hold */
    enum specimen specimen; /* that the question names */
    struct near_quote near;
    struct rag_answer *out;
    struct buf *text;       /* in the arena, freed with it */
    size_t room;            /* bytes that the text may take, at most ANSWER_BYTES_MAX */
    bool is_one_of_several; /* other questions of the same message are answered beside it */
    int lines;              /* of lists */
    bool is_cut;            /* lines were left out */
    bool names_another;     /* a cited document names somebody else */
    struct err *err;
};

enum status draft_open(struct draft *) MUST_CHECK; /* the draft lives in its arena: the buffer dies with it */

void draft_add(struct draft *, struct str);
void draft_say(struct draft *, enum phrase_id);
void draft_say_of(struct draft *, enum phrase_id, struct str argument);
void draft_line(struct draft *); /* a new line, unless the text is empty */

/*
 * A line of a list with the place that bears it. False when the text, the list or the sources are full: then neither was added, and the
 * reader is told that there is more.
 */
bool draft_item(struct draft *, struct str line, uint32_t document, int page, struct str quote);

/* Empties text and sources, for an answer that turns out not to be one. */
void draft_clear(struct draft *);

/* Cites a place; false when no more sources fit (then what it bears must not be said). */
bool draft_cite(struct draft *, uint32_t document, int page, struct str quote) MUST_CHECK;

/* " du Dr Martin du 15/11/2024", as much of it as is known. */
void draft_add_author_and_day(struct draft *, const struct record_document *);
/* "« Ordonnance » du 15/11/2024" */
bool draft_document_words(struct draft *, const struct record_document *, struct str *out) MUST_CHECK;
/* Where what follows stands: the phrase with the document's words, or "Votre fiche indique :". */
enum status draft_say_where(struct draft *, enum phrase_id, const struct record_document *) MUST_CHECK;
/* « text », on a line of its own. */
void draft_quote(struct draft *, struct str text);
/* A sentence of a paper as a line of a list, the first one below the name of the paper. */
enum status draft_sentence(struct draft *, const struct record_chunk *, struct str sentence) MUST_CHECK;
/* "15/11/2024", or words for no date. */
bool draft_day_words(struct draft *, struct date, struct str *out) MUST_CHECK;

/* The caution of the answer, in a paragraph of its own, if it has one (answer.h). */
void draft_add_caution(struct draft *);

/* The line "Source : « Ordonnance » du 15/11/2024, page 1 ; …" of what out cites; nothing without sources. */
enum status draft_add_sources(struct draft *) MUST_CHECK;

/* A quote on one line: line ends become spaces. */
bool draft_flatten(struct draft *, struct str quote, struct str *out) MUST_CHECK;

/* At most max_bytes of a text on one line, and a sign that there is more. */
bool draft_shorten(struct draft *, struct str text, size_t max_bytes, struct str *out) MUST_CHECK;

/*
 * The two halves of a search in what is quoted from; a query may be changed in between. Both take the time that they need. `required` marks
 * tokens that a passage must hold, NULL: none; `near` is nearness in meaning, NULL: by words alone; at most max (<= SEARCH_PASSAGES_MAX) passages.
 */
enum status draft_read_query(struct draft *, const bool *required, const struct near_list *near,
                             struct search_query *out) MUST_CHECK;
enum status draft_find_passages(struct draft *, const struct search_query *, struct passage *out, size_t max,
                                size_t *count) MUST_CHECK;

/* The token of the question has a meaning of its own: no small word, no figure, no part of a time. */
bool draft_is_content(const struct draft *, size_t token);

/* A printed stem is that of the question's token, or of another name of what it names. */
bool draft_names(const struct draft *, size_t token, struct str stem);

/* A printed word is one of the question's tokens that are marked (subject.h), or another word for it. */
bool draft_asks_for(const struct draft *, const bool *marked, const struct token *printed);

/* The words of the question that the folded word stands for, as they were typed. */
struct str draft_as_typed(const struct draft *, struct str folded);

/* A line that prescribes, not one that stops a medicine. */
bool draft_is_medication(const struct record_fact *);

/*
 * The last prescription that the question can mean: of its time and author, one whose title it names first (*titled), papers of that kind
 * before anything else with medication lines.
 */
bool draft_last_prescription(const struct draft *, uint32_t *document, bool *titled);

/* Says so when the medicine was asked for by a name that the record does not use. */
void draft_add_kin_warning(struct draft *);

/* Turns the draft into the refusal that fits the question, and has the doctor told. */
void draft_refuse(struct draft *);

/* What the record says to the question: from facts, else from passages, guarded. Leaves an empty text when it says nothing. */
enum status compose_answer(struct draft *) MUST_CHECK;

/* Where nothing answers: a refusal with what came closest, if anything did. */
enum status compose_near(struct draft *) MUST_CHECK;

/* What the clinic says to everybody, when the record is silent and the question is not about the asker alone; else nothing. */
enum status compose_advice(struct draft *) MUST_CHECK;

/* What the draft says must be borne; a draft that fails is emptied. Words without a source say nothing of the record. */
enum status draft_guard(struct draft *) MUST_CHECK;

/*
 * The lines of a passage that hold the question's words, with what stands between them; with `by_heading` its beginning when only its heading
 * does. Empty: nothing of it does.
 */
enum status draft_excerpt(struct draft *, const struct search_query *, const struct record_chunk *,
                          bool by_heading, struct str *out) MUST_CHECK;

/* Composers, one a kind of question. Each leaves an empty text when the record has nothing to say. */
enum status compose_prescription(struct draft *) MUST_CHECK;
enum status compose_dosage(struct draft *) MUST_CHECK;
enum status compose_instructions(struct draft *) MUST_CHECK;
enum status compose_current(struct draft *) MUST_CHECK;
enum status compose_prescriber(struct draft *) MUST_CHECK;
enum status compose_lab(struct draft *) MUST_CHECK;
enum status compose_lab_history(struct draft *) MUST_CHECK;

/* What the paper of a value prints of other days beside it and below it, as printed; of the time that is asked for, when one is. */
enum status compose_lab_row(struct draft *, const struct record_fact *) MUST_CHECK;

/* A cell of the row is empty: only the heads of its columns tell of which day its value is. */
bool compose_lab_has_empty_cell(struct str quote);

/* "Mon INR doit être entre combien et combien", and the lines that say it. */
bool compose_lab_asks_target(const struct draft *);
enum status compose_lab_target(struct draft *) MUST_CHECK;
/* Whatever the kind: what measures.txt, and what notices.txt, knows to be asked for. */
enum status compose_measure(struct draft *) MUST_CHECK;
enum status compose_notice(struct draft *) MUST_CHECK;
enum status compose_rule(struct draft *) MUST_CHECK;      /* what papers tell to do, or allow */
enum status compose_stopped(struct draft *) MUST_CHECK;   /* which medicine was stopped */
enum status compose_examined(struct draft *) MUST_CHECK;  /* when an examination was made, and by whom */
enum status compose_forbidden(struct draft *) MUST_CHECK; /* whether a paper forbids the medicine */
enum status compose_vaccines(struct draft *) MUST_CHECK;
enum status compose_vaccine_rows(struct draft *) MUST_CHECK;
enum status compose_allergies(struct draft *) MUST_CHECK;
enum status compose_allergy_warning(struct draft *) MUST_CHECK; /* of the medicine that may be taken or not */
/* Beside an answer: noted allergies that may mean a medicine of which it tells. */
enum status compose_allergy_beside(struct draft *) MUST_CHECK;
enum status compose_diagnoses(struct draft *) MUST_CHECK;
enum status compose_appointments(struct draft *) MUST_CHECK;
/* Who of the family has what is asked for; which number to call. */
bool family_is_asked(const struct draft *);
enum status compose_family(struct draft *) MUST_CHECK;
enum status compose_phone(struct draft *) MUST_CHECK;
/* Who operated, on which side, with which anaesthetic; until when one is off work. */
bool operation_is_asked(const struct draft *);
enum status compose_operation(struct draft *) MUST_CHECK;
enum status compose_interval(struct draft *) MUST_CHECK;
enum status compose_leave(struct draft *) MUST_CHECK;
/* The appointments with a day that the question means; nothing when none is. */
enum status compose_visits(struct draft *) MUST_CHECK;
enum status compose_documents(struct draft *) MUST_CHECK;

/* The conclusion of the latest report or imaging; `required` words must stand in it or in its title. */
enum status compose_report(struct draft *, const bool *required) MUST_CHECK;

/* Passages that hold every `required` token (NULL: none required) and pass the threshold. */
enum status compose_passages(struct draft *, const bool *required) MUST_CHECK;

#endif
