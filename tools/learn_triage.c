/*
 * Learns from labelled messages what their features weigh (src/rag/triage_feature.h), and writes the weights as a C table for the build.
 *
 *   learn_triage OUT.c FILE…          learns from all messages
 *   learn_triage --folds FILE…        learns from nine tenths and judges the tenth, ten times
 *   learn_triage --judge TEST FILE…   learns from FILE… and judges TEST
 *
 * A support vector machine with squared hinge loss over features that are scaled by how much likelier they are in messages of danger (S. Wang
 * and C. Manning, "Baselines and Bigrams", ACL 2012), solved by dual coordinate descent (C.-J. Hsieh et al., "A Dual Coordinate Descent Method
 * for Large-scale Linear SVM", ICML 2008). The same messages give the same weights.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "rag/triage_feature.h"

enum {
    LINE_BYTES = 4096,
    FOLDS = 10,
    ROUNDS = 100,
    SEEN_MIN = 2,      /* a feature of one message only says nothing */
    GRAM_SEEN_MIN = 4, /* pieces of words are many */
    ARENA_BYTES = 1 << 30
};
static const double COST = 0.02, SMOOTH = 1, WEIGHT_MIN = 0.01;

struct example {
    struct str language, text;
    bool danger, test;
    uint32_t *features;
    size_t count;
    double norm, alpha;
};

/* A feature of a message, before it has a number. */
struct occurrence {
    struct str text;
    uint32_t example;
};

struct learner {
    struct arena *arena;
    struct example *examples;
    size_t count, room;
    struct str *names; /* of features */
    double *scale, *weight;
    size_t features;
    double bias;
};

_Noreturn static void fatal(const char *what) {
    fprintf(stderr, "learn_triage: %s\n", what);
    exit(1);
}

static void *must(void *p) {
    if (!p) fatal("no memory");
    return p;
}

static struct str next_field(struct str *rest) {
    size_t n = str_find_char(*rest, '\t');
    struct str field = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->n);
    return field;
}

/* Lines "danger|safe<TAB>language<TAB>message"; # begins a remark. */
static void read_file(struct learner *l, const char *path, bool test) {
    FILE *f = fopen(path, "r");
    char line[LINE_BYTES];
    if (!f) fatal(path);
    while (fgets(line, sizeof line, f)) {
        struct str text;
        if (line[0] == '#' || line[0] == '\n') continue;
        if (!arena_dup(l->arena, str_trim(str_from_c(line)), &text)) fatal("no memory");
        if (l->count == l->room)
            l->examples = must(realloc(l->examples, (l->room = l->room * 2 + 64) * sizeof *l->examples));
        struct str label = next_field(&text), language = next_field(&text);
        bool danger = str_eq(label, STR("danger"));
        if (text.n == 0 || (!danger && !str_eq(label, STR("safe")))) fatal(line);
        l->examples[l->count++] =
            (struct example) { .language = language, .text = text, .danger = danger, .test = test };
    }
    fclose(f);
}

static int compare(const void *va, const void *vb) {
    const struct occurrence *a = va, *b = vb;
    int c = triage_feature_compare(a->text, b->text);
    return c ? c : (a->example > b->example) - (a->example < b->example);
}

/* All features of all messages, sorted. */
static struct occurrence *find_occurrences(struct learner *l, size_t *count) {
    struct triage_book *book;
    struct text_reader *reader;
    struct occurrence *all = NULL;
    size_t room = 0;
    if (triage_book_new(l->arena, &book, NULL) != OK || text_reader_open(l->arena, &reader, NULL) != OK)
        fatal("the tables of danger signs");
    *count = 0;
    for (size_t i = 0; i < l->count; i++) {
        struct tokens tokens;
        struct triage_said said;
        struct str *features;
        size_t n;
        if (text_tokens(reader, l->arena, l->examples[i].text, TEXT_QUESTION, &tokens, NULL) != OK ||
            triage_examine(book, l->arena, &tokens, &said, NULL) != OK ||
            triage_features(l->arena, &said, 0, tokens.count, &features, &n, NULL) != OK)
            fatal("no memory");
        if (*count + n > room) all = must(realloc(all, (room = (*count + n) * 2) * sizeof *all));
        for (size_t k = 0; k < n; k++) all[(*count)++] = (struct occurrence) { features[k], (uint32_t)i };
        l->examples[i].features = must(arena_array(l->arena, n + 1, sizeof *l->examples[i].features));
    }
    qsort(all, *count, sizeof *all, compare);
    return all;
}

static void number_features(struct learner *l) {
    size_t count;
    struct occurrence *all = find_occurrences(l, &count);
    l->names = must(arena_array(l->arena, count + 1, sizeof *l->names));
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && str_eq(all[end].text, all[i].text);) end++;
        size_t least = str_starts(all[i].text, STR("c:")) ? GRAM_SEEN_MIN : SEEN_MIN;
        if (end - i < least) continue;
        for (size_t k = i; k < end; k++) {
            struct example *m = &l->examples[all[k].example];
            m->features[m->count++] = (uint32_t)l->features;
        }
        l->names[l->features++] = all[i].text;
    }
    free(all);
    l->scale = must(calloc(l->features + 1, sizeof *l->scale));
    l->weight = must(calloc(l->features + 1, sizeof *l->weight));
}

static bool is_learnt(const struct example *m, size_t i, size_t fold) {
    return !m->test && (fold == FOLDS || i % FOLDS != fold);
}

/* log(how likely in danger / how likely otherwise) */
static void scale_features(struct learner *l, size_t fold) {
    double *in_danger = must(calloc(l->features + 1, sizeof *in_danger)),
           *in_safe = must(calloc(l->features + 1, sizeof *in_safe)), danger = 0, safe = 0;
    for (size_t i = 0; i < l->count; i++) {
        const struct example *m = &l->examples[i];
        if (!is_learnt(m, i, fold)) continue;
        for (size_t k = 0; k < m->count; k++) (m->danger ? in_danger : in_safe)[m->features[k]] += 1;
        *(m->danger ? &danger : &safe) += (double)m->count;
    }
    danger += SMOOTH * (double)l->features;
    safe += SMOOTH * (double)l->features;
    for (size_t f = 0; f < l->features; f++)
        l->scale[f] = log((in_danger[f] + SMOOTH) / danger) - log((in_safe[f] + SMOOTH) / safe);
    free(in_danger);
    free(in_safe);
}

static double score(const struct learner *l, const struct example *m) {
    double sum = l->bias;
    for (size_t k = 0; k < m->count; k++) sum += l->weight[m->features[k]] * l->scale[m->features[k]];
    return sum;
}

static void step(struct learner *l, struct example *m) {
    double y = m->danger ? 1 : -1, diagonal = 0.5 / COST;
    double gradient = y * score(l, m) - 1 + diagonal * m->alpha, old = m->alpha;
    m->alpha = fmax(old - gradient / (m->norm + diagonal), 0);
    double change = (m->alpha - old) * y;
    if (change == 0) return;
    for (size_t k = 0; k < m->count; k++) l->weight[m->features[k]] += change * l->scale[m->features[k]];
    l->bias += change;
}

/* Learns from all messages that are no test and not of `fold`. */
static void learn(struct learner *l, size_t fold) {
    memset(l->weight, 0, l->features * sizeof *l->weight);
    l->bias = 0;
    scale_features(l, fold);
    for (size_t i = 0; i < l->count; i++) {
        struct example *m = &l->examples[i];
        m->alpha = 0;
        m->norm = 1; /* of the bias */
        for (size_t k = 0; k < m->count; k++) m->norm += pow(l->scale[m->features[k]], 2);
    }
    uint64_t random = 1;
    for (size_t i = 0; i < ROUNDS * l->count;
         i++) { /* in no order, which it learns faster from, but each time the same */
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        size_t k = (random >> 33) % l->count;
        if (is_learnt(&l->examples[k], k, fold)) step(l, &l->examples[k]);
    }
}

static void write_table(const struct learner *l, const char *path) {
    FILE *f = fopen(path, "w");
    size_t count = 0;
    if (!f) fatal(path);
    fprintf(
        f,
        "/* Made by tools/learn_triage.c. */\n#include \"rag/triage_model.h\"\n\nconst float triage_bias = %.4ff;\n\n"
        "const struct triage_weight triage_weights[] = {\n",
        l->bias);
    for (size_t i = 0; i < l->features; i++) {
        double w = l->weight[i] * l->scale[i];
        if (fabs(w) < WEIGHT_MIN) continue;
        fprintf(f, "    { { \"%.*s\", %zu }, %.4ff },\n", STR_ARG(l->names[i]), l->names[i].n, w);
        count++;
    }
    fprintf(f, "};\n\nconst size_t triage_weight_count = %zu;\n", count);
    if (fclose(f) != 0) fatal(path);
}

struct judged {
    size_t danger, seen, safe, alarms;
};

static void judge(const struct learner *l, size_t fold, double threshold, struct str language,
                  struct judged *j) {
    for (size_t i = 0; i < l->count; i++) {
        const struct example *m = &l->examples[i];
        if (is_learnt(m, i, fold) || !str_eq(m->language, language)) continue;
        bool alarm = score(l, m) > threshold;
        j->danger += m->danger;
        j->safe += !m->danger;
        j->seen += m->danger && alarm;
        j->alarms += !m->danger && alarm;
    }
}

static void print_judged(struct learner *l, bool folds) {
    static const double thresholds[] = { -0.6, -0.4, -0.2, 0, 0.2, 0.4 };
    static const char *const languages[] = { "fr", "wo", "mix", "en" };
    struct judged all[COUNT_OF(languages)][COUNT_OF(thresholds)] = { 0 };
    for (size_t fold = folds ? 0 : FOLDS; fold < (size_t)(folds ? FOLDS : FOLDS + 1); fold++) {
        learn(l, fold);
        for (size_t g = 0; g < COUNT_OF(languages); g++)
            for (size_t t = 0; t < COUNT_OF(thresholds); t++)
                judge(l, fold, thresholds[t], str_from_c(languages[g]), &all[g][t]);
    }
    for (size_t g = 0; g < COUNT_OF(languages); g++)
        for (size_t t = 0; t < COUNT_OF(thresholds); t++) {
            const struct judged *j = &all[g][t];
            printf("%-4s threshold %+.1f danger=%zu recall=%.3f safe=%zu over_alerting=%.3f\n", languages[g],
                   thresholds[t], j->danger, j->danger ? (double)j->seen / (double)j->danger : 1, j->safe,
                   j->safe ? (double)j->alarms / (double)j->safe : 0);
        }
}

int main(int argc, char **argv) {
    bool folds = argc > 2 && strcmp(argv[1], "--folds") == 0,
         test = argc > 3 && strcmp(argv[1], "--judge") == 0;
    struct learner l = { .arena = must(arena_new(ARENA_BYTES)) };
    if (argc < 3) fatal("usage: learn_triage OUT.c|--folds|--judge FILE…");
    for (int i = 2; i < argc; i++) read_file(&l, argv[i], test && i == 2);
    number_features(&l);
    if (folds || test) {
        print_judged(&l, folds);
    } else {
        learn(&l, FOLDS);
        write_table(&l, argv[1]);
    }
    free(l.examples);
    free(l.scale);
    free(l.weight);
    arena_free(l.arena);
    return 0;
}
