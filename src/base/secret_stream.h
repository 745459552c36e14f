#ifndef BASE_SECRET_STREAM_H
#define BASE_SECRET_STREAM_H
/*
 * secret_stream -- encrypting bytes that come in pieces, so that nothing can be read, changed, cut off or swapped unnoticed.
 *
 * libsodium's secretstream (XChaCha20-Poly1305). The stream starts with a header, then come sealed pieces; every piece
 * but the last has SECRET_PIECE_BYTES of plain text, the last one (possibly empty) says that it is the last.
 */
#include "base/crypto.h"

enum { SECRET_HEADER_BYTES = 24, SECRET_PIECE_BYTES = 64 * 1024, SECRET_EXTRA_BYTES = 17 };

/* Room for one sealed piece. */
enum { SECRET_SEALED_BYTES = SECRET_PIECE_BYTES + SECRET_EXTRA_BYTES };

/* Opaque storage owned by the caller; crypto_wipe() it at the end. */
struct secret_stream {
    _Alignas(16) unsigned char state[64];
};

void secret_seal_start(struct secret_stream *, const struct key *, unsigned char header[SECRET_HEADER_BYTES]);
/*
 * plain.n is SECRET_PIECE_BYTES, or less for the last piece. Returns the number of bytes in `sealed`, which has room for plain.n +
 * SECRET_EXTRA_BYTES.
 */
size_t secret_seal(struct secret_stream *, struct str plain, bool last, unsigned char *sealed);

/*
 * Gathers plain text of any length to pieces. The caller owns it, zeroed, starts its stream, and wipes it at the end. What the two answer
 * lies in it until the next call.
 */
struct secret_sealer {
    struct secret_stream stream;
    size_t filled;
    char piece[SECRET_PIECE_BYTES];
    unsigned char sealed[SECRET_SEALED_BYTES];
};

/* Takes bytes from the front of *plain: a sealed piece when one is full, empty when nothing is left to take. */
struct str secret_seal_more(struct secret_sealer *, struct str *plain);
/* The last piece, with what is left over. */
struct str secret_seal_last(struct secret_sealer *);

/* False: not a stream of this key. */
bool secret_open_start(struct secret_stream *, const struct key *,
                       const unsigned char header[SECRET_HEADER_BYTES]) MUST_CHECK;
/* False: the piece was not made by this stream at this place. `plain` has room for sealed.n - SECRET_EXTRA_BYTES. */
bool secret_open(struct secret_stream *, struct str sealed, unsigned char *plain, size_t *plain_bytes,
                 bool *last) MUST_CHECK;

#endif
