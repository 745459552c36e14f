#ifndef BASE_CRYPTO_H
#define BASE_CRYPTO_H
/*
 * crypto -- libsodium behind the few verbs that we use.
 *
 * One root key (32 bytes, MEDIRECORD_SECRET_KEY) lives in the process; every use has a key of its own derived from it
 * (crypto_kdf, BLAKE2b) by a context word, so that no key serves two purposes.
 */
#include "base/arena.h"
#include "base/status.h"

enum { KEY_BYTES = 32, HASH_BYTES = 32, TOKEN_TEXT_BYTES = 44 };

struct key {
    unsigned char b[KEY_BYTES];
};
struct hash {
    unsigned char b[HASH_BYTES];
};

enum status crypto_init(struct err *) MUST_CHECK; /* once, before anything else here */
void crypto_random(void *out, size_t bytes);
void crypto_wipe(void *p, size_t bytes);

/* A key for one purpose; `context` is exactly 8 characters, e.g. "blobs   ". */
struct key crypto_derive(const struct key *root, const char context[8], uint64_t id);

struct hash crypto_hash_of(struct str in);                        /* BLAKE2b-256 */
struct hash crypto_hash_keyed(const struct key *, struct str in); /* MAC, also for looking tokens up */

/* BLAKE2b-256 of bytes that come in pieces. Opaque storage owned by the caller. */
struct hash_stream {
    unsigned char state[384];
};
void crypto_hash_start(struct hash_stream *);
void crypto_hash_add(struct hash_stream *, struct str);
struct hash crypto_hash_end(struct hash_stream *);

bool crypto_equal(struct str a, struct str b); /* constant time for equal lengths */

/* 32 random bytes as 43 characters of URL-safe base64, NUL-terminated: tokens, sessions, links. */
void crypto_token(char out[TOKEN_TEXT_BYTES]);

bool crypto_hex(struct arena *, struct str in, struct str *out) MUST_CHECK;
bool crypto_from_hex(struct str in, void *out, size_t out_bytes) MUST_CHECK; /* exactly out_bytes */

/* Argon2id with libsodium's interactive limits; `out` holds crypto_pwhash_STRBYTES (128). */
enum { PASSWORD_HASH_BYTES = 128 };
enum status crypto_password_hash(struct str password, char out[PASSWORD_HASH_BYTES], struct err *) MUST_CHECK;
bool crypto_password_check(struct str password, const char *stored);

#endif
