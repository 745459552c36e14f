#ifndef PATIENTS_PHONE_H
#define PATIENTS_PHONE_H
/*
 * phone -- telephone numbers as people write them, made E.164 ("+221771234567").
 *
 * A number is read as the person at the desk means it: with +, with 00, as a local number of the default
 * region, with spaces, dots, dashes, brackets and the "(0)" of letterheads. The plans of Senegal, of France
 * and of the default region are held to their lengths and first digits, so that a missing digit is caught
 * at once. Other countries are held to the shape of E.164 and an assigned country calling code: plans
 * change (Côte d'Ivoire went from 8 to 10 digits in 2021), and refusing a good number is worse than keeping
 * one that never confirms.
 *
 * Why not libphonenumber: measured on Debian 12 (8.12), one parse costs 12 us where the whole of
 * check-active may cost 23 us, and its ICU, protobuf and abseil bring 4.5 MB and 12 ms at start; its tables
 * are also as old as the distribution. The lengths of the table follow ITU-T E.164 national plans. No I/O,
 * no state; any thread.
 */
#include "base/status.h"

enum {
    PHONE_DIGITS_MAX = 15,                   /* E.164, without the + */
    PHONE_TEXT_BYTES = PHONE_DIGITS_MAX + 2, /* + and NUL */
    PHONE_INPUT_MAX_BYTES = 40               /* longer input is no phone number */
};

struct phone {
    char text[PHONE_TEXT_BYTES]; /* NUL-terminated */
    uint8_t n;                   /* bytes of text without the NUL */
};

/*
 * region: ISO 3166 alpha-2 ("SN"), read for numbers without + or 00. False: not a phone number; *out is
 * then untouched.
 */
bool phone_parse(struct str in, struct str region, struct phone *out) MUST_CHECK;

/* Whether the region is known, for the configuration check. */
bool phone_region_is_known(struct str region);

static inline struct str phone_str(const struct phone *p) {
    return (struct str) { p->text, p->n };
}

extern const struct message phone_invalid;

#endif
