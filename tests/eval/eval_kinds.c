/*
 * What the papers of our own made-up clinic are read as, beside what their writers called them: kind, day and title, for the records that
 * were used for tuning and for those kept out of it.
 *
 *   eval_kinds FOLDER MEDIRECORD_EXTRACT [--misses]     only papers that may be looked at are told
 *
 * A title is right when it shares a word with the writer's.
 */
#include <stdio.h>

#include "base/utf8.h"
#include "eval.h"
#include "labelled.h"
#include "made_set.h"

enum { TITLE_LETTERS_MIN = 4, PAPER_BYTES = 32 << 20 };

/* What writers call papers, and the kind that is meant. */
static const struct {
    const char *label;
    enum document_kind kind;
} labels[] = { { "prescription", KIND_PRESCRIPTION },
               { "lab", KIND_LABORATORY },
               { "imaging", KIND_IMAGING },
               { "report", KIND_REPORT },
               { "letter", KIND_REPORT },
               { "other", KIND_OTHER },
               { "certificate", KIND_CERTIFICATE },
               { "vaccination", KIND_CERTIFICATE } };

struct counts {
    size_t kinds[COUNT_OF(labels)][KIND_COUNT];
    size_t papers, days_right, days_none, titles_right, titles_none;
};

static size_t label_of(struct str name) {
    for (size_t i = 0; i < COUNT_OF(labels); i++)
        if (str_eq(name, str_from_c(labels[i].label))) return i;
    eval_end("a paper of a kind that is not known");
}

static struct str next_word(struct str *rest) {
    size_t n = str_find_char(*rest, ' ');
    struct str word = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->n);
    return word;
}

static bool share_word(struct arena *arena, struct str a, struct str b) {
    if (!utf8_fold(arena, a, &a) || !utf8_fold(arena, b, &b)) eval_end("no memory");
    while (a.n) {
        struct str word = next_word(&a), rest = b;
        while (word.n >= TITLE_LETTERS_MIN && rest.n)
            if (str_eq(next_word(&rest), word)) return true;
    }
    return false;
}

static void tell(const struct made_record *r, size_t paper, const char *what, struct str got) {
    printf("%02d %s \"%.*s\" (%.*s): %.*s\n", r->number, what, STR_ARG(r->papers[paper].name),
           STR_ARG(r->labels[paper].kind), STR_ARG(got));
}

static void judge(struct arena *arena, struct paper_reader *reader, const struct made_record *r, size_t paper,
                  bool misses, struct counts *n) {
    const struct made_label *label = &r->labels[paper];
    const struct paper unnamed = { STR(""), r->papers[paper].text };
    struct paper_pages pages;
    const struct document_reading *got = &pages.reading;
    char day[11];
    size_t which = label_of(label->kind);
    paper_read(reader, arena, &unnamed, &pages);
    bool same_day = date_compare(got->date, label->day) == 0;
    bool same_title = share_word(arena, got->title, r->papers[paper].name);
    n->papers++;
    n->kinds[which][got->kind]++;
    n->days_right += same_day;
    n->days_none += got->date.year == 0;
    n->titles_right += same_title;
    n->titles_none += got->title.n == 0;
    if (!misses) return;
    date_format_iso(got->date, day);
    if (got->kind != labels[which].kind) tell(r, paper, "kind", str_from_c(document_kind_name(got->kind)));
    if (!same_day) tell(r, paper, "day", str_from_c(day));
    if (!same_title) tell(r, paper, "title", got->title);
}

static void print(const char *half, const struct counts *n) {
    size_t meant = 0, found = 0, taken = 0, right = 0;
    printf("kinds %-9s %-12s", half, "");
    for (int k = 0; k < KIND_COUNT; k++) printf(" %12s", document_kind_name((enum document_kind)k));
    printf("\n");
    for (size_t i = 0; i < COUNT_OF(labels); i++) {
        bool is_prescription = labels[i].kind == KIND_PRESCRIPTION;
        printf("kinds %-9s %-12s", half, labels[i].label);
        for (int k = 0; k < KIND_COUNT; k++) {
            printf(" %12zu", n->kinds[i][k]);
            meant += is_prescription ? n->kinds[i][k] : 0;
        }
        printf("\n");
        right += n->kinds[i][labels[i].kind];
        found += is_prescription ? n->kinds[i][KIND_PRESCRIPTION] : 0;
        taken += is_prescription ? 0 : n->kinds[i][KIND_PRESCRIPTION];
    }
    printf(
        "kinds %-9s papers=%zu right=%.3f prescriptions=%zu found=%.3f others=%zu taken_for_prescriptions=%zu "
        "day_right=%.3f no_day=%.3f title_right=%.3f no_title=%.3f\n",
        half, n->papers, eval_share(right, n->papers), meant, eval_share(found, meant), n->papers - meant,
        taken, eval_share(n->days_right, n->papers), eval_share(n->days_none, n->papers),
        eval_share(n->titles_right, n->papers), eval_share(n->titles_none, n->papers));
}

int main(int argc, char **argv) {
    if (argc < 3) eval_end("usage: eval_kinds FOLDER MEDIRECORD_EXTRACT [--misses]");
    struct arena *arena = eval_need(arena_new((size_t)64 << 20));
    struct arena *work = eval_need(arena_new(PAPER_BYTES));
    struct paper_reader *reader = paper_reader_open(arena, argv[2]);
    struct made_set *set = eval_need(arena_alloc(arena, sizeof *set));
    struct counts halves[2] = { { .papers = 0 } };
    bool misses = labelled_wants_misses(argc, argv);
    made_set_read(arena, reader, argv[1], set);
    for (size_t i = 0; i < set->record_count; i++)
        for (size_t k = 0; k < set->records[i].paper_count; k++) {
            const struct made_record *r = &set->records[i];
            arena_reset(work);
            judge(work, reader, r, k, misses && !made_is_kept_out(r), &halves[made_is_kept_out(r)]);
        }
    print("tuned", &halves[0]);
    print("kept_out", &halves[1]);
    made_set_done(set);
    paper_reader_close(reader);
    arena_free(work);
    arena_free(arena);
    return 0;
}
