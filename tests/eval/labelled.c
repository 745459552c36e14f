#include "labelled.h"

#include <stdio.h>
#include <stdlib.h>

static void end(const char *what, const char *path) {
    fprintf(stderr, "eval: %s: %s\n", path, what);
    exit(1);
}

static struct str next_field(struct str *rest) {
    size_t n = str_find_char(*rest, '\t');
    struct str field = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->n);
    return field;
}

void labelled_read(struct arena *arena, const char *path, struct labelled **out, size_t *count) {
    enum { MOST = 5000 };
    FILE *f = fopen(path, "r");
    *out = arena_array(arena, MOST, sizeof **out);
    if (!f || !*out) end("cannot be read", path);
    char line[4096];
    *count = 0;
    while (fgets(line, sizeof line, f) && *count < MOST) {
        struct str text;
        if (line[0] == '#' || line[0] == '\n') continue;
        if (!arena_dup(arena, str_trim(str_from_c(line)), &text)) end("no memory", path);
        struct labelled *l = &(*out)[*count];
        *l = (struct labelled) { .kept_out = *count % 2 == 1 };
        l->label = next_field(&text);
        l->group = next_field(&text);
        l->text = text;
        if (l->text.n == 0) end("a line without three fields", path);
        (*count)++;
    }
    fclose(f);
}

bool labelled_wants_misses(int argc, char **argv) {
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--misses") == 0) return true;
    return false;
}
