#include "place.h"

#include <stdlib.h>

/* What the libraries that draw leave behind, not what reads. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libfontconfig\nleak:libx265\n";
}

int place_open(void **state) {
    static struct place p;
    struct extractor_options options = { 0 };
    const char *build = getenv("MEDIRECORD_BUILD_ROOT");

    p.arena = arena_new(64 << 20);
    if (!build || !p.arena ||
        !arena_printf(p.arena, &options.program, "%s/extractor/medirecord-extract", build))
        return 1;
    *state = &p;
    return extractor_open(p.arena, &options, &p.extractor, NULL) == OK ? 0 : 1;
}

int place_close(void **state) {
    struct place *p = *state;
    extractor_close(p->extractor);
    arena_free(p->arena);
    return 0;
}
