/* fuzz_dotenv -- the reader of .env files: whatever the bytes, names and values are clean and in bounds. */
#include "base/dotenv.h"
#include "base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum status check(void *ctx, struct str name, struct str value, int line, struct err *e) {
    (void)e;
    if (name.n == 0 || line < 1 || !utf8_is_clean(name) || !utf8_is_clean(value)) abort();
    if (value.p[value.n] != '\0') abort();
    ++*(size_t *)ctx;
    return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new(4 << 20);
    struct err e = { 0 };
    size_t count = 0;
    if (!a) return 0;
    enum status s = dotenv_parse(a, (struct str) { (const char *)data, size }, check, &count, &e);
    if (s != OK && s != E_INVALID) abort();
    if ((s == E_INVALID) != (e.message != NULL)) abort();
    arena_free(a);
    return 0;
}
