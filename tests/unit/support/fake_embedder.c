#include "fake_embedder.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "test.h"

/* Words of one meaning, the first stands for all. */
static const char *const meanings[][6] = {
    { "fievre", "temperature", "chaud", "hyperthermie" },
    { "diabete", "sucre", "glycemie" },
    { "foie", "hepatique" },
    { "coeur", "cardiaque", "cardiologie" },
    { "rein", "renale", "nephrologie" },
};

static uint64_t hash(const char *space, const char *word) {
    uint64_t h = UINT64_C(1469598103934665603);
    for (const char *p = space; *p; p++) h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
    for (const char *p = word; *p; p++) h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
    return h ^ h >> 29;
}

static const char *meaning_of(const char *word) {
    for (size_t i = 0; i < COUNT_OF(meanings); i++)
        for (size_t k = 0; k < COUNT_OF(meanings[i]) && meanings[i][k]; k++)
            if (strcmp(meanings[i][k], word) == 0) return meanings[i][0];
    return word;
}

static void add_word(const char *space, const char *word, float out[FAKE_DIMENSIONS]) {
    if (strlen(word) < 4) return;
    uint64_t h = hash(space, meaning_of(word));
    out[h % FAKE_DIMENSIONS] += h >> 40 & 1 ? 1 : -1;
}

void fake_embed(const char *space, struct str text, float out[FAKE_DIMENSIONS]) {
    char word[64];
    size_t n = 0;
    double squares = 0;
    for (size_t i = 0; i < FAKE_DIMENSIONS; i++) out[i] = 0.01F;
    for (size_t i = 0; i <= text.n; i++) {
        int c = i < text.n ? tolower((unsigned char)text.p[i]) : ' ';
        if (isalnum(c) && n + 1 < sizeof word) {
            word[n++] = (char)c;
            continue;
        }
        word[n] = 0;
        add_word(space, word, out);
        n = 0;
    }
    for (size_t i = 0; i < FAKE_DIMENSIONS; i++) squares += (double)out[i] * (double)out[i];
    for (size_t i = 0; i < FAKE_DIMENSIONS; i++) out[i] /= (float)sqrt(squares);
}

static void remember(struct fake_embedder *f, enum embedding_role role, const struct embedding_text *t) {
    size_t n = t->title.n + 1 + t->text.n;
    char *copy = malloc(n + 1);
    assert_non_null(copy);
    assert_true(f->text_count < FAKE_TEXTS_MAX);
    snprintf(copy, n + 1, "%.*s %.*s", STR_ARG(t->title), STR_ARG(t->text));
    f->roles[f->text_count] = role;
    f->texts[f->text_count++] = (struct str) { copy, n };
}

static enum status embed(void *ctx, struct arena *arena, enum embedding_role role,
                         const struct embedding_text *texts, size_t count, int64_t deadline_us,
                         struct embedding *out, struct err *e) {
    struct fake_embedder *f = ctx;
    const char *space = f->embedder.space.p;
    assert_true(count > 0 && count <= EMBEDDING_BATCH_MAX);
    assert_true(deadline_us > clock_monotonic_us());
    f->calls++;
    *out = (struct embedding) { .http_code = 200, .calls = 1, .dimensions = FAKE_DIMENSIONS };
    for (size_t i = 0; i < count; i++) {
        remember(f, role, &texts[i]);
        out->sent_bytes += texts[i].text.n;
    }
    if (f->on_call) f->on_call(f->on_call_ctx);
    for (size_t i = 0; f->refused_word && i < count; i++)
        if (str_find(texts[i].text, str_from_c(f->refused_word)) < texts[i].text.n)
            return fail(e, E_INVALID, NULL, "the fake embedder refuses a text");
    if (f->fail_from_call && f->calls >= f->fail_from_call) {
        out->http_code = 503;
        out->retry_after_us = f->retry_after_us;
        return fail(e, f->fail_status, NULL, "the fake embedder fails");
    }
    out->vectors = arena_array(arena, count * FAKE_DIMENSIONS, sizeof *out->vectors);
    assert_non_null(out->vectors);
    for (size_t i = 0; i < count; i++) fake_embed(space, texts[i].text, out->vectors + i * FAKE_DIMENSIONS);
    return OK;
}

void fake_embedder_init(struct fake_embedder *f, const char *space) {
    *f = (struct fake_embedder) { .embedder = { .provider = "fake",
                                                .model = STR("fake-model"),
                                                .space = str_from_c(space),
                                                .host = STR("fake.invalid"),
                                                .ctx = f,
                                                .embed = embed } };
}

void fake_embedder_done(struct fake_embedder *f) {
    for (size_t i = 0; i < f->text_count; i++) free((void *)(uintptr_t)f->texts[i].p);
}
