#ifndef GUARD_MODEL_REPLY_H
#define GUARD_MODEL_REPLY_H
/*
 * model_reply -- what a model answered, read as strictly as any bytes from outside.
 *
 * {"sentences": [{"text": "…", "passages": [1, 2]}, …], "unknown": false}, these members and no others. Pure.
 */
#include "base/arena.h"
#include "base/status.h"

enum {
    REPLY_BYTES_MAX = 64 * 1024,
    REPLY_SENTENCES_MAX = 6,
    REPLY_SENTENCE_CHARS_MAX = 400,
    REPLY_CITED_MAX = 16
};

struct model_sentence {
    struct str text;                /* one line, NFC, letters and signs of our languages alone */
    int64_t cited[REPLY_CITED_MAX]; /* numbers of passages as the model gave them: any */
    size_t cited_count;
};

struct model_reply {
    struct model_sentence sentences[REPLY_SENTENCES_MAX];
    size_t count;
    int dropped; /* sentences too long, empty, or with signs that nobody types: hidden, turned round, of other scripts */
    bool unknown;
};

/* E_INVALID: not of that form, or more than that. E_LIMIT without memory. */
enum status model_reply_read(struct arena *, struct str json, struct model_reply *out,
                             struct err *) MUST_CHECK;

#endif
