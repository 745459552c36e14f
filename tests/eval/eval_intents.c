/*
 * How many messages are understood as what they want, for each kind of language and for lines that tuning may see and those kept out of it;
 * and how long that takes.
 *
 *   eval_intents FILE [--misses]
 *
 * "message || message": the second is asked behind the first. Lines of the group "follow" are asked behind the dose of lisinopril, and right
 * when they take that intent over. A file whose name has "fresh" in it is kept out of tuning as a whole.
 */
#include <stdio.h>
#include <stdlib.h>

#include "labelled.h"
#include "understanding/understand.h"

enum { GROUPS_MAX = 16 };

struct counts {
    struct str name;
    size_t all, right;
};

struct eval {
    struct intent_book *book;
    struct record *record;
    int64_t us, slowest_us;
};

static void fatal(const char *what) {
    fprintf(stderr, "eval_intents: %s\n", what);
    exit(1);
}

static struct understood read_one(struct eval *e, struct arena *arena, struct str text,
                                  const struct intent_context *before) {
    struct text_reader *reader;
    struct understood out;
    const struct to_understand asked = { text, { 2024, 12, 1 }, before };
    if (text_reader_open(arena, &reader, NULL) != OK) fatal("no memory");
    int64_t start_us = clock_monotonic_us();
    if (understand(e->book, reader, arena, e->record, &asked, &out, NULL) != OK) fatal("no memory");
    int64_t us = clock_monotonic_us() - start_us;
    e->us += us;
    if (us > e->slowest_us) e->slowest_us = us;
    return out;
}

static enum intent read_line(struct eval *e, const struct labelled *line) {
    struct arena *arena = arena_new((size_t)4 << 20);
    struct intent_context context = { INTENT_DOSAGE, STR("lisinopril") };
    struct str text = line->text, mark = STR(" || ");
    bool follows = str_eq(line->group, STR("follow"));
    if (!arena) fatal("no memory");
    for (size_t at = str_find(text, mark); at < text.n; at = str_find(text, mark)) {
        context = read_one(e, arena, str_sub(text, 0, at), follows ? &context : NULL).context;
        text = str_sub(text, at + mark.n, text.n);
        follows = true;
    }
    enum intent found = read_one(e, arena, text, follows ? &context : NULL).reading.intent;
    arena_free(arena);
    return found;
}

static bool is_right(const struct labelled *line, enum intent found) {
    if (!str_eq(line->label, STR("follow"))) return str_eq(line->label, str_from_c(intent_name(found)));
    return found == INTENT_DOSAGE || found == INTENT_LAB_VALUE;
}

static void count(struct counts *groups, struct str name, bool right) {
    size_t i = 0;
    while (i < GROUPS_MAX - 1 && groups[i].all && !str_eq(groups[i].name, name)) i++;
    groups[i].name = name;
    groups[i].all++;
    groups[i].right += right;
}

int main(int argc, char **argv) {
    struct arena *arena = arena_new((size_t)16 << 20);
    struct eval e = { 0 };
    struct labelled *lines;
    struct counts groups[GROUPS_MAX] = { 0 };
    size_t n;
    struct err err = { 0 };
    if (argc < 2 || !arena) fatal("usage: eval_intents FILE [--misses]");
    if (intent_book_new(arena, &e.book, &err) != OK || record_new(&e.record, &err) != OK) fatal(err.detail);
    labelled_read(arena, argv[1], &lines, &n);
    for (size_t i = 0; i < n; i++) {
        bool kept_out = lines[i].kept_out || strstr(argv[1], "fresh");
        enum intent found = read_line(&e, &lines[i]);
        bool right = is_right(&lines[i], found);
        count(groups, lines[i].group, right);
        count(groups, kept_out ? STR("kept_out") : STR("tuned"), right);
        if (!right && labelled_wants_misses(argc, argv))
            printf("%s %.*s %.*s: %.*s (%s)\n", kept_out ? "kept_out" : "tuned", STR_ARG(lines[i].group),
                   STR_ARG(lines[i].label), STR_ARG(lines[i].text), intent_name(found));
    }
    for (size_t i = 0; i < GROUPS_MAX && groups[i].all; i++)
        printf("intents %-9.*s messages=%zu right=%.3f\n", STR_ARG(groups[i].name), groups[i].all,
               (double)groups[i].right / (double)groups[i].all);
    printf("intents understanding mean_us=%.1f slowest_us=%lld\n", (double)e.us / (double)(n ? n : 1),
           (long long)e.slowest_us);
    record_free(e.record);
    arena_free(arena);
    return 0;
}
