#ifndef GUARD_IDENTITY_H
#define GUARD_IDENTITY_H
/*
 * identity -- where a text says who somebody is: the places that pseudonym.h takes out.
 */
#include "base/clock.h"
#include "language/text.h"

enum identity_kind {
    IDENTITY_PATIENT,
    IDENTITY_PERSON,
    IDENTITY_PHONE,
    IDENTITY_MAIL, /* and web addresses */
    IDENTITY_ADDRESS,
    IDENTITY_BIRTH,
    IDENTITY_NUMBER,
    IDENTITY_LITERAL, /* text that looks like a placeholder */
    IDENTITY_KIND_COUNT
};

struct identity_span {
    size_t from, to; /* bytes */
    enum identity_kind kind;
};

/* Whom the texts are about: parts of names, folded. */
struct identity_known {
    struct str *patient, *others;
    size_t patient_count, other_count;
    struct date birth; /* year 0: not known */
    struct str phone_region;
};

/* One look at one text. Spans may overlap. */
struct identity_search {
    const struct identity_known *known;
    struct str text;
    const struct tokens *tokens; /* TEXT_DOCUMENT */
    struct identity_span *spans;
    size_t count, capacity;
    bool full; /* more than fit: nothing may be let out */
};

/* Each adds what it finds. */
void identity_find_contacts(struct identity_search *); /* phones, e-mail, web, placeholders */
void identity_find_people(struct identity_search *);   /* the patient, doctors, others */
void identity_find_places(struct identity_search *);   /* postal addresses */
void identity_find_numbers(struct identity_search *);  /* birth dates, numbers of papers */

/* For the finders. */
void identity_add(struct identity_search *, size_t from, size_t to, enum identity_kind);
struct str identity_source(const struct identity_search *, size_t token);
size_t identity_token_end(const struct identity_search *, size_t token); /* byte behind it */
bool identity_same_line(const struct identity_search *, size_t first, size_t last);
/* Bytes between a token and the next are blanks and joining signs alone, at most `most`. */
bool identity_is_close(const struct identity_search *, size_t token, size_t most);
size_t identity_line_end(const struct identity_search *,
                         size_t byte); /* the line end or two blanks, or the end */
bool identity_is_capital(const struct identity_search *, size_t token);

#endif
