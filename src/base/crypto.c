#include "base/crypto.h"

#include <sodium.h>

_Static_assert(KEY_BYTES == crypto_kdf_KEYBYTES, "a root key is a kdf key");
_Static_assert(HASH_BYTES == crypto_generichash_BYTES, "BLAKE2b-256");
_Static_assert(PASSWORD_HASH_BYTES == crypto_pwhash_STRBYTES, "room for libsodium's text");
_Static_assert(sizeof(struct hash_stream) >= sizeof(crypto_generichash_state), "room for libsodium's state");
_Static_assert(crypto_kdf_CONTEXTBYTES == 8, "contexts have eight characters");

enum status crypto_init(struct err *e) {
    if (sodium_init() < 0)
        return fail(e, E_INTERNAL, NULL, "libsodium could not start: no source of randomness");
    return OK;
}

void crypto_random(void *out, size_t bytes) {
    randombytes_buf(out, bytes);
}

void crypto_wipe(void *p, size_t bytes) {
    sodium_memzero(p, bytes);
}

struct key crypto_derive(const struct key *root, const char context[8], uint64_t id) {
    struct key k;
    crypto_kdf_derive_from_key(k.b, sizeof k.b, id, context, root->b);
    return k;
}

struct hash crypto_hash_of(struct str in) {
    struct hash h;
    crypto_generichash(h.b, sizeof h.b, (const unsigned char *)in.p, in.n, NULL, 0);
    return h;
}

struct hash crypto_hash_keyed(const struct key *k, struct str in) {
    struct hash h;
    crypto_generichash(h.b, sizeof h.b, (const unsigned char *)in.p, in.n, k->b, sizeof k->b);
    return h;
}

/* libsodium wants its state on 64 bytes, which no arena promises: it works on a copy that stands there. */
void crypto_hash_start(struct hash_stream *s) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, HASH_BYTES);
    memcpy(s->state, &state, sizeof state);
}

void crypto_hash_add(struct hash_stream *s, struct str in) {
    crypto_generichash_state state;
    memcpy(&state, s->state, sizeof state);
    crypto_generichash_update(&state, (const unsigned char *)in.p, in.n);
    memcpy(s->state, &state, sizeof state);
}

struct hash crypto_hash_end(struct hash_stream *s) {
    crypto_generichash_state state;
    struct hash h;
    memcpy(&state, s->state, sizeof state);
    crypto_generichash_final(&state, h.b, sizeof h.b);
    sodium_memzero(&state, sizeof state);
    sodium_memzero(s, sizeof *s);
    return h;
}

bool crypto_equal(struct str a, struct str b) {
    return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}

void crypto_token(char out[TOKEN_TEXT_BYTES]) {
    unsigned char random[32];
    randombytes_buf(random, sizeof random);
    sodium_bin2base64(out, TOKEN_TEXT_BYTES, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(random, sizeof random);
}

bool crypto_hex(struct arena *a, struct str in, struct str *out) {
    size_t bytes;
    if (__builtin_mul_overflow(in.n, 2, &bytes) || bytes == SIZE_MAX - 1) return false;
    char *p = arena_alloc(a, bytes + 1);
    if (!p) return false;
    sodium_bin2hex(p, bytes + 1, (const unsigned char *)in.p, in.n);
    *out = (struct str) { p, bytes };
    return true;
}

bool crypto_from_hex(struct str in, void *out, size_t out_bytes) {
    size_t n;
    const char *end;
    if (in.n / 2 != out_bytes || in.n % 2 != 0) return false;
    return sodium_hex2bin(out, out_bytes, in.p, in.n, NULL, &n, &end) == 0 && n == out_bytes &&
           end == in.p + in.n;
}

enum status crypto_password_hash(struct str password, char out[PASSWORD_HASH_BYTES], struct err *e) {
    if (crypto_pwhash_str_alg(out, password.p, password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(e, E_RETRY, NULL, "not enough memory to hash a password");
    return OK;
}

bool crypto_password_check(struct str password, const char *stored) {
    return crypto_pwhash_str_verify(stored, password.p, password.n) == 0;
}
