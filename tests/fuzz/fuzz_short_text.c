/*
 * Short texts that are read whole: dates and times, telephone numbers, .env files, urlencoded bodies. Every input goes through all of their
 * readers, which are small and quick.
 *
 * Dates: what is accepted is a real moment and comes back when it is written. Numbers: whatever is read is E.164, fits its storage and reads
 * back as itself. .env: names and values are clean and in bounds. Urlencoded: what is valid decodes to clean text, pair by pair, and no byte
 * outside is read.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/dotenv.h"
#include "base/utf8.h"
#include "http/urlencoded.h"
#include "patients/phone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_times(struct str in) {
    struct date d;
    int64_t us, again;
    if (date_parse_iso(in, &d)) {
        char text[11];
        date_format_iso(d, text);
        if (!date_is_valid(d) || !str_eq(str_from_c(text), in) ||
            date_compare(date_of_us(date_to_us(d)), d) != 0)
            abort();
    }
    if (time_parse_iso(in, &us)) {
        char text[TIME_ISO_BYTES];
        time_format_iso(us, text);
        if (!time_parse_iso(str_from_c(text), &again) || again != us) abort();
    }
}

static void read_number_of(struct str in, struct str region) {
    struct phone phone, again;
    if (!phone_parse(in, region, &phone)) return;
    if (phone.n < 9 || phone.n > PHONE_DIGITS_MAX + 1 || phone.text[0] != '+' || phone.text[phone.n] != '\0')
        abort();
    for (size_t i = 1; i < phone.n; i++) {
        if (phone.text[i] < '0' || phone.text[i] > '9') abort();
    }
    if (!phone_parse(phone_str(&phone), region, &again) || !str_eq(phone_str(&phone), phone_str(&again)))
        abort();
}

static void read_numbers(struct str in) {
    read_number_of(in, STR("SN"));
    read_number_of(in, STR("FR"));
    read_number_of(in, STR("IT"));
    read_number_of(in, STR("US"));
    if (in.n >= 2) read_number_of(str_sub(in, 2, in.n), str_sub(in, 0, 2));
}

static enum status check_setting(void *ctx, struct str name, struct str value, int line, struct err *e) {
    (void)e;
    if (name.n == 0 || line < 1 || !utf8_is_clean(name) || !utf8_is_clean(value)) abort();
    if (value.p[value.n] != '\0') abort();
    ++*(size_t *)ctx;
    return OK;
}

static void read_settings(struct str in) {
    struct arena *a = arena_new(4 << 20);
    struct err e = { 0 };
    size_t count = 0;
    if (!a) return;
    enum status s = dotenv_parse(a, in, check_setting, &count, &e);
    if (s != OK && s != E_INVALID) abort();
    if ((s == E_INVALID) != (e.message != NULL)) abort();
    arena_free(a);
}

static void read_pairs(struct str raw) {
    struct str rest = raw, name, value, text, found;
    bool strict = urlencoded_is_valid(raw, false), lines = urlencoded_is_valid(raw, true);
    struct arena *arena = arena_new(64 * raw.n + 65536);
    if (!arena || (strict && !lines)) abort();
    while (urlencoded_next(&rest, &name, &value)) {
        bool ok = urlencoded_decode(arena, value, true, &text);
        if (lines && (!ok || !utf8_is_clean(text))) abort();
        if (!urlencoded_decode(arena, name, true, &text)) {
            if (lines) abort();
            continue;
        }
        if (ok && !urlencoded_get(arena, raw, text, &found) && lines) abort();
    }
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str in = { (const char *)data, size };
    read_times(in);
    read_numbers(in);
    read_settings(in);
    read_pairs(in);
    return 0;
}
