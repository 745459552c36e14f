#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H
/*
 * search -- the passages of one record that speak of what a question asks, by exact scoring of every chunk.
 *
 * A question becomes weighted stems: its own words, misspelt ones mended against the record's vocabulary, abbreviations and their meaning,
 * and words that passages of the kind asked for use ("comment conserver" -> "température, péremption"). Chunks are scored by BM25F
 * (Robertson, Zaragoza & Taylor 2004: counts of title, heading and text weighted before saturation) and rankings are fused by reciprocal
 * rank (Cormack, Clarke & Buettcher 2009), so that other rankings can join.
 * Where the question's vector is known, nearness in meaning (near.h) brings passages that share no word with it, and moves the others, the more
 * the less of the question words hold.
 * Whether a passage of a record answers is weighed by rag/passing.h; the clinic's advice passes by coverage alone: the share of the question's
 * meaning words, weighted by how rare they are, that a passage holds.
 *
 * Pure; the arena is the question's. 1,000 chunks take well below a millisecond.
 */
#include "search/near.h"

struct expander; /* language/expand.h */

enum { SEARCH_TERMS_MAX = 320, SEARCH_GROUPS_MAX = 48, SEARCH_PASSAGES_MAX = 20 };

struct search_term {
    struct str stem;
    uint32_t hash;
    float weight;
    int group; /* of the words that say the same; -1: helps the ranking, is not asked for */
};

struct search_query {
    struct search_term terms[SEARCH_TERMS_MAX];
    size_t count;
    int groups;
    int8_t *group_of;                      /* a token of the question each; -1: none */
    float group_weight[SEARCH_GROUPS_MAX]; /* in the coverage */
    bool group_required
        [SEARCH_GROUPS_MAX];             /* a passage without it does not pass: the drug that is asked for */
    bool group_named[SEARCH_GROUPS_MAX]; /* the thesaurus knows what it names, and it is nothing everyday */
    bool recent_asked, kind_asked;       /* "ma dernière …", "ma radio" */
    enum document_kind kind;
    const struct near_list *near; /* set by the caller; NULL: by words alone */
};

struct passage {
    uint32_t chunk;
    float score, coverage; /* score by words, 0: it holds none of them; coverage 0..1 */
    float cosine;          /* nearness in meaning; 0: not among the nearest, or not known */
    bool complete;         /* holds every required group */
};

/* Reads the question against the record. `required` marks tokens that a passage must hold; NULL: none. */
enum status search_query_read(struct text_reader *, struct arena *, const struct expander *,
                              const struct record *, const struct tokens *, const bool *required,
                              struct search_query *out, struct err *) MUST_CHECK;

/* Whether the record holds that token of the question, or a word that says the same or that it may be a misspelling of. */
bool search_knows(const struct record *, const struct search_query *, size_t token);

/* Which kind of document the question names ("ma radio", "mon bilan"), by its first word that does; false: none. */
bool search_kind_asked(const struct tokens *, enum document_kind *);

/* The best passages, best first, without doubles; at most max (<= SEARCH_PASSAGES_MAX). No threshold. */
enum status search_passages(const struct record *, const struct search_query *, struct arena *,
                            struct passage *out, size_t max, size_t *count, struct err *) MUST_CHECK;

/* How much each group of words weighs, by how rare it is in this record; answers `weights`. */
const float *search_weigh(const struct record *, const struct search_query *,
                          float weights[SEARCH_GROUPS_MAX]);
/* The score of a passage that held all of the question's words as often as one could wish. */
float search_score_max(const struct record *, const struct search_query *);

/* By coverage: enough for advice, which is general. */
bool search_passes(const struct passage *);

/*
 * Reciprocal rank fusion: each ranking (best first) adds weight / (60 + rank) to the chunks that it names. scores: one a chunk of the
 * record, in the arena.
 */
struct ranking {
    const uint32_t *chunks;
    size_t count;
    float weight;
};
enum status search_fuse(struct arena *, const struct ranking *, size_t count, size_t chunk_count,
                        float **scores, struct err *) MUST_CHECK;

#endif
