#include "patients/phone.h"
#include "patients/phone_plan.h"

const struct message phone_invalid = {
    "phone_invalid",
    "Ce numéro de téléphone n’est pas valide. Écrivez-le avec l’indicatif du pays : +221 77 123 45 67.",
    "This phone number is not valid. Write it with the country code: +221 77 123 45 67.",
};

enum { DIGITS_CAP = 24, FRANCE = 33, ITALY = 39, SENEGAL = 221, NORTH_AMERICA = 1 };

/* What was typed, without its decoration. */
struct typed {
    char digits[DIGITS_CAP];
    size_t n;
    bool plus;
    size_t bracket_zero; /* place of a "(0)" among the digits, or DIGITS_CAP */
};

/*
 * Bytes of the white space or dash at `at`, 0 if there is none: ASCII, NBSP, narrow NBSP, the dashes
 * U+2010..2013.
 */
static size_t decoration_bytes(struct str in, size_t at) {
    static const struct str words[] = {
        { " ", 1 },
        { ".", 1 },
        { "-", 1 },
        { "/", 1 },
        { "\t", 1 },
        { "\xC2\xA0", 2 },
        { "\xE2\x80\xAF", 3 },
        { "\xE2\x80\x90", 3 },
        { ")", 1 },
        { "(", 1 },
        { "\xE2\x80\x91", 3 },
        { "\xE2\x80\x92", 3 },
        { "\xE2\x80\x93", 3 },
    };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (str_starts(str_sub(in, at, in.n), words[i])) return words[i].n;
    }
    return 0;
}

static bool read_typed(struct str in, struct typed *t) {
    for (size_t at = 0; at < in.n;) {
        char c = in.p[at];
        size_t skip;
        if (is_digit(c)) {
            if (t->n == DIGITS_CAP) return false;
            t->digits[t->n++] = c;
            at++;
        } else if (c == '+' && t->n == 0 && !t->plus) {
            t->plus = true;
            at++;
        } else if (str_starts(str_sub(in, at, in.n), STR("(0)"))) {
            t->bracket_zero = t->n;
            at += 3;
        } else if ((skip = decoration_bytes(in, at)) > 0) {
            at += skip;
        } else {
            return false;
        }
    }
    return t->n > 0;
}

/* A plan that we know well enough to refuse by. */
static bool plan_is_strict(const struct phone_plan *plan, const struct phone_plan *home) {
    return plan->calling_code == SENEGAL || plan->calling_code == FRANCE ||
           (home && plan->calling_code == home->calling_code);
}

static bool national_fits(const struct phone_plan *plan, struct str national) {
    if (national.n < plan->digits_min || national.n > plan->digits_max) return false;
    if (plan->calling_code == SENEGAL) return memchr("3789", national.p[0], 4) != NULL;
    return plan->calling_code != FRANCE || national.p[0] != '0';
}

static bool put(const struct phone_plan *plan, struct str national, struct phone *out) {
    char text[PHONE_TEXT_BYTES + 8];
    char code[4];
    size_t n = 0, code_n = 0;

    for (unsigned rest = plan->calling_code; rest > 0; rest /= 10) code[code_n++] = (char)('0' + rest % 10);
    if (code_n + national.n > PHONE_DIGITS_MAX || code_n + national.n < 8) return false;
    if (plan->trunk[0] == '0' && national.p[0] == '0') return false; /* a second trunk prefix */
    text[n++] = '+';
    while (code_n > 0) text[n++] = code[--code_n];
    memcpy(text + n, national.p, national.n);
    n += national.n;
    text[n] = '\0';
    memcpy(out->text, text, n + 1);
    out->n = (uint8_t)n;
    return true;
}

static size_t code_digits(const struct phone_plan *plan) {
    return plan->calling_code < 10 ? 1 : plan->calling_code < 100 ? 2 : 3;
}

/*
 * The national number without the trunk prefix. No national number begins with a trunk 0; another prefix is
 * taken away only where the number would be too long with it.
 */
static struct str without_trunk(const struct phone_plan *plan, struct str national) {
    struct str trunk = str_from_c(plan->trunk);
    bool zero = trunk.n > 0 && trunk.p[0] == '0';

    if (trunk.n == 0 && plan->calling_code != ITALY)
        trunk = STR("0"); /* people write it where there is none, too */
    if (!str_starts(national, trunk) || trunk.n == 0) return national;
    return zero || !national_fits(plan, national) ? str_sub(national, trunk.n, national.n) : national;
}

static bool put_international(struct str digits, const struct phone_plan *home, struct phone *out) {
    const struct phone_plan *plan = phone_plan_of_digits(digits);
    struct str national;
    if (!plan || digits.n <= code_digits(plan)) return false;
    national = str_sub(digits, code_digits(plan), digits.n);
    if (plan_is_strict(plan, home)) {
        national = without_trunk(plan, national);
        if (!national_fits(plan, national)) return false;
    } else if (plan->trunk[0] == '0') {
        national = without_trunk(plan, national);
    }
    return put(plan, national, out);
}

static bool put_local(struct str digits, const struct phone_plan *home, struct phone *out) {
    struct str national = without_trunk(home, digits);
    if (national_fits(home, national)) return put(home, national, out);
    /* The country code without its +: "221771234567". */
    if (phone_plan_of_digits(digits) == NULL || digits.p[0] == '0') return false;
    if (phone_plan_of_digits(digits)->calling_code != home->calling_code) return false;
    return put_international(digits, home, out);
}

bool phone_parse(struct str in, struct str region, struct phone *out) {
    const struct phone_plan *home = phone_plan_of_region(region);
    struct typed t = { .bracket_zero = DIGITS_CAP };
    struct str digits;

    if (in.n > PHONE_INPUT_MAX_BYTES || !read_typed(in, &t)) return false;
    /*
     * "(0)" is the trunk prefix for those who call from inside, except in Italy, where the 0 belongs to the
     * number.
     */
    if (t.bracket_zero != DIGITS_CAP && t.n >= 2 && memcmp(t.digits, "39", 2) == 0 && t.n < DIGITS_CAP) {
        memmove(t.digits + t.bracket_zero + 1, t.digits + t.bracket_zero, t.n - t.bracket_zero);
        t.digits[t.bracket_zero] = '0';
        t.n++;
    }
    digits = (struct str) { t.digits, t.n };
    if (t.plus) return put_international(digits, home, out);
    if (str_starts(digits, STR("00"))) return put_international(str_sub(digits, 2, digits.n), home, out);
    if (!home) return false;
    if (home->calling_code == NORTH_AMERICA && str_starts(digits, STR("011"))) {
        return put_international(str_sub(digits, 3, digits.n), home, out);
    }
    return put_local(digits, home, out);
}

bool phone_region_is_known(struct str region) {
    return phone_plan_of_region(region) != NULL;
}
