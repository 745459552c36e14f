#include "base/mac.h"

#include <gnutls/crypto.h>
#include <sodium.h>

enum { SHA256_BYTES = 32 };

bool mac_sha1(struct str key, struct str message, unsigned char out[MAC_SHA1_BYTES]) {
    return gnutls_hmac_fast(GNUTLS_MAC_SHA1, key.p, key.n, message.p, message.n, out) == 0;
}

bool mac_sha1_base64(struct str key, struct str message, char out[MAC_SHA1_BASE64_BYTES]) {
    unsigned char mac[MAC_SHA1_BYTES];
    if (!mac_sha1(key, message, mac)) return false;
    return sodium_bin2base64(out, MAC_SHA1_BASE64_BYTES, mac, sizeof mac, sodium_base64_VARIANT_ORIGINAL) !=
           NULL;
}

bool mac_sha256_hex(struct str key, struct str message, char out[MAC_SHA256_HEX_BYTES]) {
    unsigned char mac[SHA256_BYTES];
    if (gnutls_hmac_fast(GNUTLS_MAC_SHA256, key.p, key.n, message.p, message.n, mac) != 0) return false;
    return sodium_bin2hex(out, MAC_SHA256_HEX_BYTES, mac, sizeof mac) != NULL;
}

bool sha256_hex(struct str bytes, char out[MAC_SHA256_HEX_BYTES]) {
    unsigned char hash[SHA256_BYTES];
    if (gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes.p, bytes.n, hash) != 0) return false;
    return sodium_bin2hex(out, MAC_SHA256_HEX_BYTES, hash, sizeof hash) != NULL;
}
