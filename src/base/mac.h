#ifndef BASE_MAC_H
#define BASE_MAC_H
/*
 * mac -- the signatures of others: HMAC as RFC 2104 has it, with SHA-1 (Twilio, one-time codes) and SHA-256 (Meta), as text to compare with crypto_equal().
 *
 * What this program makes for itself uses base/crypto.h.
 */
#include "base/base.h"

enum {
    MAC_SHA1_BYTES = 20,
    MAC_SHA1_BASE64_BYTES = 29,
    MAC_SHA256_HEX_BYTES = 65
}; /* of text: with the NUL */

/* False: the library failed. */
bool mac_sha1(struct str key, struct str message, unsigned char out[MAC_SHA1_BYTES]) MUST_CHECK;
bool mac_sha1_base64(struct str key, struct str message, char out[MAC_SHA1_BASE64_BYTES]) MUST_CHECK;
bool mac_sha256_hex(struct str key, struct str message, char out[MAC_SHA256_HEX_BYTES]) MUST_CHECK;

/* Without a key: the hash of the bytes. */
bool sha256_hex(struct str bytes, char out[MAC_SHA256_HEX_BYTES]) MUST_CHECK;

#endif
