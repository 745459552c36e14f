/*
 * The guard of a model's sentences (guard/claim.h) on passages with sentences that say what they say, and sentences that do not.
 *
 *   eval_claims [--show] FILE
 *
 * Lines: "P <id> <title> <day> <text, \n for line ends>", "true <id> <sentence>", "false <id> <kind> <sentence>", tabs between.
 */
#include <stdio.h>
#include <stdlib.h>

#include "guard/claim.h"

enum { LINE_BYTES = 8192, PASSAGES_MAX = 1000, KINDS_MAX = 20, COLUMNS_MAX = 5 };

struct passage {
    struct str id;
    struct claim_passage cited;
};

struct kind {
    struct str name; /* empty: true sentences */
    int count, passed;
};

struct evaluation {
    struct arena *arena, *scratch;
    struct passage passages[PASSAGES_MAX];
    size_t passage_count;
    struct kind kinds[KINDS_MAX];
    size_t kind_count;
    bool show;
};

_Noreturn static void fatal(const char *what) {
    fprintf(stderr, "eval_claims: %s\n", what);
    exit(1);
}

static struct str keep(struct evaluation *v, struct str s) {
    struct str out;
    if (!arena_dup(v->arena, s, &out)) fatal("no memory");
    return out;
}

/* "\n" in two characters becomes a line end. */
static struct str unescape(struct evaluation *v, struct str s) {
    char *p = arena_alloc(v->arena, s.n + 1);
    size_t n = 0;
    if (!p) fatal("no memory");
    for (size_t i = 0; i < s.n; i++) {
        bool end = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n';
        p[n++] = end ? '\n' : s.p[i];
        i += end;
    }
    return (struct str) { p, n };
}

static const struct passage *find(const struct evaluation *v, struct str id) {
    for (size_t i = 0; i < v->passage_count; i++)
        if (str_eq(v->passages[i].id, id)) return &v->passages[i];
    fatal("a sentence of an unknown passage");
}

static struct kind *kind_of(struct evaluation *v, struct str name) {
    for (size_t i = 0; i < v->kind_count; i++)
        if (str_eq(v->kinds[i].name, name)) return &v->kinds[i];
    if (v->kind_count == KINDS_MAX) fatal("too many kinds");
    v->kinds[v->kind_count].name = keep(v, name);
    return &v->kinds[v->kind_count++];
}

static void judge(struct evaluation *v, struct str id, struct str kind_name, struct str sentence) {
    struct kind *kind = kind_of(v, kind_name);
    struct text_reader *reader;
    const struct claim_source *cited;
    enum claim_fault fault;
    arena_reset(v->scratch);
    if (text_reader_open(v->scratch, &reader, NULL) != OK ||
        claim_source_read(v->scratch, reader, &find(v, id)->cited, &cited, NULL) != OK ||
        claim_check(v->scratch, reader, sentence, &cited, 1, &fault, NULL) != OK)
        fatal("no memory");
    kind->count++;
    kind->passed += fault == CLAIM_BORNE;
    if (v->show && (fault == CLAIM_BORNE) != (kind_name.n == 0))
        printf("%.*s %.*s (%s): %.*s\n", kind_name.n ? (int)kind_name.n : 4,
               kind_name.n ? kind_name.p : "true", STR_ARG(id), claim_fault_name(fault), STR_ARG(sentence));
}

static void add_passage(struct evaluation *v, const struct str *column) {
    if (v->passage_count == PASSAGES_MAX) fatal("too many passages");
    struct passage *p = &v->passages[v->passage_count++];
    *p = (struct passage) { .id = keep(v, column[1]),
                            .cited = { keep(v, column[2]), unescape(v, column[4]), { 0 } } };
    if (!date_parse_iso(column[3], &p->cited.date)) fatal("a passage without a day");
}

static void read_line(struct evaluation *v, struct str line) {
    struct str column[COLUMNS_MAX];
    size_t count = 0;
    if (line.n == 0 || line.p[0] == '#') return;
    while (count < COLUMNS_MAX) {
        size_t tab = count + 1 < COLUMNS_MAX ? str_find_char(line, '\t') : line.n;
        column[count++] = str_sub(line, 0, tab);
        if (tab == line.n) break;
        line = str_sub(line, tab + 1, line.n);
    }
    if (count == 5 && str_eq(column[0], STR("P")))
        add_passage(v, column);
    else if (count == 3 && str_eq(column[0], STR("true")))
        judge(v, column[1], STR(""), column[2]);
    else if (count == 4 && str_eq(column[0], STR("false")))
        judge(v, column[1], column[2], column[3]);
    else
        fatal("a line that is neither a passage nor a sentence");
}

static void print(const struct evaluation *v) {
    int wrong = 0, wrong_passed = 0;
    for (size_t i = 0; i < v->kind_count; i++) {
        const struct kind *k = &v->kinds[i];
        if (k->name.n == 0) {
            printf("claims true sentences=%d kept=%.3f\n", k->count, (double)k->passed / k->count);
            continue;
        }
        printf("claims false, %-11.*s sentences=%d caught=%.3f\n", STR_ARG(k->name), k->count,
               1 - (double)k->passed / k->count);
        wrong += k->count;
        wrong_passed += k->passed;
    }
    if (wrong)
        printf("claims false, all         sentences=%d caught=%.3f\n", wrong,
               1 - (double)wrong_passed / wrong);
}

int main(int argc, char **argv) {
    static struct evaluation v;
    char line[LINE_BYTES];
    v.show = argc == 3 && strcmp(argv[1], "--show") == 0;
    if (argc != 2 && !v.show) fatal("usage: eval_claims [--show] FILE");
    FILE *f = fopen(argv[argc - 1], "r");
    if (!f) fatal("the file cannot be read");
    v.arena = arena_new((size_t)64 << 20);
    v.scratch = arena_new((size_t)64 << 20);
    if (!v.arena || !v.scratch) fatal("no memory");
    while (fgets(line, sizeof line, f)) {
        size_t n = strcspn(line, "\n");
        read_line(&v, (struct str) { line, n });
    }
    fclose(f);
    print(&v);
    arena_free(v.scratch);
    arena_free(v.arena);
    return 0;
}
