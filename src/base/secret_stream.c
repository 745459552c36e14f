#include "base/secret_stream.h"

#include <sodium.h>

_Static_assert(SECRET_HEADER_BYTES == crypto_secretstream_xchacha20poly1305_HEADERBYTES,
               "libsodium's header");
_Static_assert(SECRET_EXTRA_BYTES == crypto_secretstream_xchacha20poly1305_ABYTES, "libsodium's tag");
_Static_assert(KEY_BYTES == crypto_secretstream_xchacha20poly1305_KEYBYTES, "libsodium's key");
_Static_assert(sizeof(struct secret_stream) >= sizeof(crypto_secretstream_xchacha20poly1305_state),
               "room for libsodium's state");

static crypto_secretstream_xchacha20poly1305_state *state_of(struct secret_stream *s) {
    return (crypto_secretstream_xchacha20poly1305_state *)(void *)s->state;
}

void secret_seal_start(struct secret_stream *s, const struct key *k,
                       unsigned char header[SECRET_HEADER_BYTES]) {
    crypto_secretstream_xchacha20poly1305_init_push(state_of(s), header, k->b);
}

size_t secret_seal(struct secret_stream *s, struct str plain, bool last, unsigned char *sealed) {
    unsigned char tag = last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                             : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    crypto_secretstream_xchacha20poly1305_push(state_of(s), sealed, NULL, (const unsigned char *)plain.p,
                                               plain.n, NULL, 0, tag);
    return plain.n + SECRET_EXTRA_BYTES;
}

static struct str seal_piece(struct secret_sealer *s, bool last) {
    size_t n = secret_seal(&s->stream, (struct str) { s->piece, s->filled }, last, s->sealed);
    s->filled = 0;
    return (struct str) { (const char *)s->sealed, n };
}

struct str secret_seal_more(struct secret_sealer *s, struct str *plain) {
    size_t room = SECRET_PIECE_BYTES - s->filled, n = plain->n < room ? plain->n : room;
    if (n > 0) memcpy(s->piece + s->filled, plain->p, n);
    s->filled += n;
    *plain = str_sub(*plain, n, plain->n);
    return s->filled == SECRET_PIECE_BYTES ? seal_piece(s, false) : STR("");
}

struct str secret_seal_last(struct secret_sealer *s) {
    return seal_piece(s, true);
}

bool secret_open_start(struct secret_stream *s, const struct key *k,
                       const unsigned char header[SECRET_HEADER_BYTES]) {
    return crypto_secretstream_xchacha20poly1305_init_pull(state_of(s), header, k->b) == 0;
}

bool secret_open(struct secret_stream *s, struct str sealed, unsigned char *plain, size_t *plain_bytes,
                 bool *last) {
    unsigned char tag;

    if (sealed.n < SECRET_EXTRA_BYTES || sealed.n > SECRET_SEALED_BYTES) return false;
    if (crypto_secretstream_xchacha20poly1305_pull(state_of(s), plain, NULL, &tag,
                                                   (const unsigned char *)sealed.p, sealed.n, NULL, 0) != 0)
        return false;
    *plain_bytes = sealed.n - SECRET_EXTRA_BYTES;
    *last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return true;
}
