/* What is valid decodes to clean text, pair by pair; whatever the input, no byte outside of it is read. */
#include <stdlib.h>

#include "base/utf8.h"
#include "http/urlencoded.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str raw = { (const char *)data, size }, rest = raw, name, value, text, found;
    bool strict = urlencoded_is_valid(raw, false), lines = urlencoded_is_valid(raw, true);
    struct arena *arena = arena_new(64 * size + 65536);
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
    return 0;
}
