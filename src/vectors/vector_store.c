#include "vectors/vector_store.h"

#include <stdio.h>

enum { TAG_HEX = 8, NAME_HEX = 32 };

static void put_hex(const struct hash *h, size_t digits, char *out) {
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < digits; i++) out[i] = hex[h->b[i / 2] >> (i % 2 ? 0 : 4) & 15];
    out[digits] = 0;
}

void vector_namespace_prefix(const struct key *key, char out[VECTOR_NAMESPACE_BYTES]) {
    char tag[TAG_HEX + 1];
    struct hash h = crypto_hash_keyed(key, STR("installation"));
    put_hex(&h, TAG_HEX, tag);
    snprintf(out, VECTOR_NAMESPACE_BYTES, "mr-%s-", tag);
}

void vector_namespace(const struct key *key, struct str space, int64_t patient_id,
                      char out[VECTOR_NAMESPACE_BYTES]) {
    char text[512], name[NAME_HEX + 1];
    int n = snprintf(text, sizeof text, "patient/%lld/%.*s", (long long)patient_id, STR_ARG(space));
    size_t bytes = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    struct hash h = crypto_hash_keyed(key, (struct str) { text, bytes });
    put_hex(&h, NAME_HEX, name);
    vector_namespace_prefix(key, out);
    size_t at = strlen(out);
    snprintf(out + at, VECTOR_NAMESPACE_BYTES - at, "%s", name);
}

void vector_id_write(const struct vector_item *item, char out[VECTOR_ID_BYTES]) {
    snprintf(out, VECTOR_ID_BYTES, "doc%lld#%lld", (long long)item->document_id, (long long)item->chunk_id);
}

/* Digits up to `end`, without a sign or a leading zero; at most 18 of them. */
static bool read_number(struct str s, size_t *at, int64_t *out) {
    int64_t n = 0;
    size_t from = *at;
    for (; *at < s.n && is_digit(s.p[*at]); ++*at) {
        if (*at - from == 18) return false;
        n = n * 10 + (s.p[*at] - '0');
    }
    *out = n;
    return *at > from && s.p[from] != '0';
}

bool vector_id_read(struct str s, int64_t *document_id, int64_t *chunk_id) {
    size_t at = 3;
    int64_t document, chunk;
    if (!str_starts(s, STR("doc")) || !read_number(s, &at, &document)) return false;
    if (at >= s.n || s.p[at] != '#') return false;
    at++;
    if (!read_number(s, &at, &chunk) || at != s.n) return false;
    *document_id = document;
    *chunk_id = chunk;
    return true;
}
