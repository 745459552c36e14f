#include "accounts/totp.h"

#include <ctype.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/mac.h"

enum { COUNTER_BYTES = 8, MODULO = 1000000 };

/* RFC 4226, section 5.3. */
bool totp_code(struct str secret, int64_t step, char out[TOTP_CODE_BYTES]) {
    unsigned char mac[MAC_SHA1_BYTES];
    char counter[COUNTER_BYTES];

    for (int i = 0; i < COUNTER_BYTES; i++) counter[i] = (char)((uint64_t)step >> (56 - 8 * i));
    if (!mac_sha1(secret, (struct str) { counter, sizeof counter }, mac)) return false;
    size_t at = mac[MAC_SHA1_BYTES - 1] & 15U;
    uint32_t number = (uint32_t)(mac[at] & 127U) << 24 | (uint32_t)mac[at + 1] << 16 |
                      (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    snprintf(out, TOTP_CODE_BYTES, "%06u", number % MODULO);
    crypto_wipe(mac, sizeof mac);
    return true;
}

int64_t totp_find_step(struct str secret, struct str code, int64_t now_us, int64_t used_step) {
    int64_t now = now_us / SECOND_US / TOTP_STEP_S, found = 0;
    char expected[TOTP_CODE_BYTES];

    for (int64_t step = now - TOTP_DRIFT_STEPS; step <= now + TOTP_DRIFT_STEPS; step++) {
        if (!totp_code(secret, step, expected)) return 0;
        if (crypto_equal(code, str_from_c(expected)) && step > used_step && !found) found = step;
    }
    crypto_wipe(expected, sizeof expected);
    return found;
}

void totp_secret_text(const unsigned char secret[TOTP_SECRET_BYTES], char out[TOTP_SECRET_TEXT_BYTES]) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned bits = 0, held = 0;
    size_t n = 0;

    for (size_t i = 0; i < TOTP_SECRET_BYTES; i++) {
        held = (held << 8 | secret[i]) & 0xFFFFU;
        for (bits += 8; bits >= 5; bits -= 5) out[n++] = digits[held >> (bits - 5) & 31U];
    }
    out[n] = '\0';
}

/* Percent-encoded but for what RFC 3986 reserves to nobody. */
static bool put_encoded(struct arena *a, struct str in, struct str *out) {
    static const char hex[] = "0123456789ABCDEF";
    char *p = arena_alloc(a, 3 * in.n + 1);
    size_t n = 0;

    if (!p) return false;
    for (size_t i = 0; i < in.n; i++) {
        unsigned char c = (unsigned char)in.p[i];
        if (isalnum(c) || strchr("-._~", c)) {
            p[n++] = (char)c;
        } else {
            p[n++] = '%';
            p[n++] = hex[c >> 4];
            p[n++] = hex[c & 15];
        }
    }
    *out = (struct str) { p, n };
    return true;
}

bool totp_uri(struct arena *a, struct str email, const char *secret_text, struct str *out) {
    struct str label;
    return put_encoded(a, email, &label) &&
           arena_printf(
               a, out,
               "otpauth://totp/MediRecord:%.*s?secret=%s&issuer=MediRecord&algorithm=SHA1&digits=6&period=%d",
               STR_ARG(label), secret_text, TOTP_STEP_S);
}
