#ifndef BROADCASTS_CONTENT_H
#define BROADCASTS_CONTENT_H
/*
 * content -- what a broadcast says, and what it says to one person. Pure.
 *
 * {{prenom}} stands for something of the record; {{prenom|cher patient}} says what is written when the record does not have it. English names
 * ({{first_name}}) are the same fields. A field without such words that a recipient lacks keeps the broadcast from starting.
 */
#include "base/arena.h"
#include "base/status.h"

/* One message a person: what fits into one part of the outbox. In characters as carriers count them. */
enum { CONTENT_CHARS_MAX = 1500, CONTENT_FIELDS_MAX = 20 };

enum content_field { CONTENT_FIRST_NAME, CONTENT_LAST_NAME, CONTENT_DOCTOR, CONTENT_FIELD_COUNT };

struct content_values {
    struct str of[CONTENT_FIELD_COUNT]; /* empty: the record does not say */
};

/* What is wrong with it; NULL: nothing. *arg is for the message. */
const struct message *content_fault(struct str content, struct str *arg);

/* The fields that it cannot do without, as bits (1 << field). The content has no fault. */
unsigned content_needs(struct str content);

/* E_INVALID: a needed field is empty. E_LIMIT: no memory. The length is not looked at. */
enum status content_render(struct arena *, struct str content, const struct content_values *, struct str *out,
                           struct err *) MUST_CHECK;

/* As carriers count: beyond U+FFFF as two. */
size_t content_length(struct str text);

const char *content_field_name(enum content_field); /* "prenom" */

#endif
