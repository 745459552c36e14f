#ifndef DOCUMENTS_FACT_CORRECTION_H
#define DOCUMENTS_FACT_CORRECTION_H
/*
 * fact_correction -- what a person says of a fact: that it says something else, that it is none, that one was missed.
 *
 * Each is kept with who and when, and laid over what was read each time the document is read, in the order in which they were said. A
 * fact is known again by its words (type, name, quote) or else by its place on the page, so that it stays corrected when the text around it
 * is corrected too. One that is changed and found no more stays as the person said it: silence must not bring back what was wrong.
 */
#include "documents/document.h"

enum fact_deed { FACT_CHANGE, FACT_REMOVE, FACT_ADD, FACT_DEED_COUNT };
const char *fact_deed_name(enum fact_deed); /* "change", "remove", "add" */

/* Whether the text of the page was corrected with the fact, and whether it had been before. */
enum fact_mends { MENDS_NOTHING, MENDS_PAGE, MENDS_PAGE_AGAIN };

struct fact_correction {
    int64_t id;
    enum fact_deed deed;
    struct fact fact; /* as it is said to be; type, page and box are those of what it is about */
    struct str was_name, was_quote; /* of what it is about: folded, as printed; empty when it was missed */
    struct str by;                  /* for people */
    int64_t at_us;
    enum fact_mends mends;
};

/* Pure: one correction laid over the facts of a reading. Strings are borrowed. False: the arena is full. */
bool fact_correction_apply(struct arena *, const struct fact_correction *,
                           struct document_reading *) MUST_CHECK;

/*
 * The text of a page with the lines of one quote replaced by those of another; false when its lines do not stand there one behind the other, or
 * the arena is full.
 */
bool fact_quote_replace(struct arena *, struct str text, struct str was, struct str now,
                        struct str *out) MUST_CHECK;

/* All of a document; those of pages beyond page_count do nothing. */
enum status fact_corrections_apply(struct db *, struct arena *, int64_t document_id, size_t page_count,
                                   struct document_reading *, struct err *) MUST_CHECK;
/* Adds what changes with every correction to *version: see corrections_apply(). */
enum status fact_corrections_version(struct db *, int64_t document_id, int64_t *version,
                                     struct err *) MUST_CHECK;

/* By rising id; strings are borrowed. */
typedef enum status fact_correction_fn(void *ctx, const struct fact_correction *, struct err *);
enum status fact_correction_each(struct db *, struct arena *, int64_t document_id, fact_correction_fn *,
                                 void *ctx, struct err *) MUST_CHECK;

/*
 * Each is one transaction with its audit row, and the document is made anew in it (remake.h). A correction of what the person sees as fact_id is
 * E_NOT_FOUND with a message when that is gone: the document was read or corrected meanwhile, and facts have other ids since. When the
 * quote changes, so does the text of the page, so that passages say the same as facts.
 */
enum status fact_correction_save(struct db *, struct arena *, const struct documents *,
                                 const struct document *, struct fact_correction *, int64_t fact_id,
                                 int64_t user_id, int64_t now_us, struct err *) MUST_CHECK;
enum status fact_correction_take_back(struct db *, struct arena *, const struct documents *,
                                      const struct document *, int64_t id, int64_t user_id, int64_t now_us,
                                      struct err *) MUST_CHECK;

/* A fact as people change it: JSON of its fields, and back. */
void fact_said_write(struct buf *, const struct fact *);
enum status fact_said_read(struct arena *, struct str json, struct fact *, struct err *) MUST_CHECK;

/* The fields of a fact by name, for reading and writing them all alike. */
struct fact_field {
    const char *name;
    size_t offset;
};
extern const struct fact_field
    fact_fields[]; /* ends with a name of NULL; name and quote are not among them */
static inline struct str *fact_field_of(struct fact *f, const struct fact_field *field) {
    return (struct str *)((char *)f + field->offset);
}

#endif
