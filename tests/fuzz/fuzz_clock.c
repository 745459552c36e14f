/* fuzz_clock -- dates and times that clients write: what is accepted is a real moment and comes back when it is written. */
#include "base/clock.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str in = { (const char *)data, size };
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
    return 0;
}
