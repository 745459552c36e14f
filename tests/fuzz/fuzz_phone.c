/* Whatever is read is E.164, fits its storage and reads back as itself. */
#include <stdlib.h>

#include "patients/phone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct str in, struct str region) {
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str in = { (const char *)data, size };
    check(in, STR("SN"));
    check(in, STR("FR"));
    check(in, STR("IT"));
    check(in, STR("US"));
    if (size >= 2) check(str_sub(in, 2, size), str_sub(in, 0, 2));
    return 0;
}
