#ifndef RAG_OUTDATED_H
#define RAG_OUTDATED_H
/*
 * outdated -- the medicines of a passage of which a later paper says something else: another dose, rhythm or length, another time of day, or a stop. What a later
 * paper only names, or says alike, still holds.
 */
#include "language/text.h"
#include "search/record.h"

struct outdated;

/* What later papers say is read once, however many passages are asked about. All of it in the arena, which must outlive it as must the record. */
enum status outdated_new(struct arena *, struct text_reader *, const struct record *, struct outdated **out,
                         struct err *) MUST_CHECK;

/* *stems: of the medicines of the chunk, blanks between; empty: everything holds. */
enum status outdated_find(struct outdated *, uint32_t chunk, struct str *stems, struct err *) MUST_CHECK;

#endif
