#include "learn.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LINE_BYTES = 4096, FOLDS = 10, ARENA_BYTES = 1 << 30, LANGUAGES_MAX = 8, NO_CLASS = -1 };
static const double SMOOTH = 1;

struct example {
    struct str language, text;
    int class; /* NO_CLASS: of none */
    bool test;
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
    const struct learning *how;
    struct arena *arena;
    struct example *examples;
    size_t count, room;
    struct str *names; /* of features */
    size_t features;
    double *scale, *weight; /* a row of features for each class */
    double bias[LEARN_CLASSES_MAX];
};

void learn_fatal(const char *what) {
    fprintf(stderr, "learn: %s\n", what);
    exit(1);
}

static void *must(void *p) {
    if (!p) learn_fatal("no memory");
    return p;
}

static struct str next_field(struct str *rest) {
    size_t n = str_find_char(*rest, '\t');
    struct str field = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->n);
    return field;
}

static int class_of(const struct learning *how, struct str label, const char *line) {
    for (size_t k = 0; k < how->class_count; k++)
        if (str_eq(label, str_from_c(how->classes[k]))) return (int)k;
    if (!how->other || !str_eq(label, str_from_c(how->other))) learn_fatal(line);
    return NO_CLASS;
}

static void read_file(struct learner *l, const char *path, bool test) {
    FILE *f = fopen(path, "r");
    char line[LINE_BYTES];
    if (!f) learn_fatal(path);
    while (fgets(line, sizeof line, f)) {
        struct str text;
        if (line[0] == '#' || line[0] == '\n') continue;
        if (!arena_dup(l->arena, str_trim(str_from_c(line)), &text)) learn_fatal("no memory");
        if (l->count == l->room)
            l->examples = must(realloc(l->examples, (l->room = l->room * 2 + 64) * sizeof *l->examples));
        struct str label = next_field(&text), language = next_field(&text);
        if (text.n == 0) learn_fatal(line);
        l->examples[l->count++] = (struct example) {
            .language = language, .text = text, .class = class_of(l->how, label, line), .test = test
        };
    }
    fclose(f);
}

static int compare(const void *va, const void *vb) {
    const struct occurrence *a = va, *b = vb;
    int c = feature_compare(a->text, b->text);
    return c ? c : (a->example > b->example) - (a->example < b->example);
}

/* All features of all messages, sorted. Messages of which nothing is learned leave. */
static struct occurrence *find_occurrences(struct learner *l, size_t *count) {
    struct occurrence *all = NULL;
    size_t room = 0, kept = 0;
    *count = 0;
    for (size_t i = 0; i < l->count; i++) {
        struct features f;
        if (!l->how->read(l->how->ctx, l->arena, l->examples[i].text, &f)) continue;
        if (*count + f.count > room) all = must(realloc(all, (room = (*count + f.count) * 2) * sizeof *all));
        for (size_t k = 0; k < f.count; k++)
            all[(*count)++] = (struct occurrence) { f.items[k], (uint32_t)kept };
        l->examples[kept] = l->examples[i];
        l->examples[kept++].features = must(arena_array(l->arena, f.count + 1, sizeof(uint32_t)));
    }
    l->count = kept;
    if (*count) qsort(all, *count, sizeof *all, compare);
    return all;
}

static void number_features(struct learner *l) {
    size_t count;
    struct occurrence *all = find_occurrences(l, &count);
    l->names = must(arena_array(l->arena, count + 1, sizeof *l->names));
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && str_eq(all[end].text, all[i].text);) end++;
        if (end - i < (str_starts(all[i].text, STR("c:")) ? l->how->piece_seen_min : l->how->seen_min))
            continue;
        for (size_t k = i; k < end; k++) {
            struct example *m = &l->examples[all[k].example];
            m->features[m->count++] = (uint32_t)l->features;
        }
        l->names[l->features++] = all[i].text;
    }
    free(all);
    l->scale = must(calloc((l->features + 1) * l->how->class_count, sizeof *l->scale));
    l->weight = must(calloc((l->features + 1) * l->how->class_count, sizeof *l->weight));
}

static bool is_learnt(const struct example *m, size_t i, size_t fold) {
    return !m->test && (fold == FOLDS || i % FOLDS != fold);
}

/* log(how likely in the class / how likely otherwise) */
static void scale_features(struct learner *l, int class, double *scale, size_t fold) {
    double *inside = must(calloc(l->features + 1, sizeof *inside)),
           *outside = must(calloc(l->features + 1, sizeof *outside)), in = 0, out = 0;
    for (size_t i = 0; i < l->count; i++) {
        const struct example *m = &l->examples[i];
        if (!is_learnt(m, i, fold)) continue;
        for (size_t k = 0; k < m->count; k++) (m->class == class ? inside : outside)[m->features[k]] += 1;
        *(m->class == class ? &in : &out) += (double)m->count;
    }
    in += SMOOTH * (double)l->features;
    out += SMOOTH * (double)l->features;
    for (size_t f = 0; f < l->features; f++)
        scale[f] = log((inside[f] + SMOOTH) / in) - log((outside[f] + SMOOTH) / out);
    free(inside);
    free(outside);
}

static double score(const struct learner *l, const struct example *m, size_t class) {
    const double *weight = &l->weight[class * l->features], *scale = &l->scale[class * l->features];
    double sum = l->bias[class];
    for (size_t k = 0; k < m->count; k++) sum += weight[m->features[k]] * scale[m->features[k]];
    return sum;
}

static void step(struct learner *l, struct example *m, size_t class) {
    double *weight = &l->weight[class * l->features], *scale = &l->scale[class * l->features];
    double y = m->class == (int)class ? 1 : -1, diagonal = 0.5 / l->how->cost;
    double gradient = y * score(l, m, class) - 1 + diagonal * m->alpha, old = m->alpha;
    m->alpha = fmax(old - gradient / (m->norm + diagonal), 0);
    double change = (m->alpha - old) * y;
    if (change == 0) return;
    for (size_t k = 0; k < m->count; k++) weight[m->features[k]] += change * scale[m->features[k]];
    l->bias[class] += change;
}

/* Tells the class from the others by all messages that are no test and not of `fold`. */
static void learn_class(struct learner *l, size_t class, size_t fold) {
    double *scale = &l->scale[class * l->features];
    memset(&l->weight[class * l->features], 0, l->features * sizeof *l->weight);
    l->bias[class] = 0;
    scale_features(l, (int)class, scale, fold);
    for (size_t i = 0; i < l->count; i++) {
        struct example *m = &l->examples[i];
        m->alpha = 0;
        m->norm = 1; /* of the bias */
        for (size_t k = 0; k < m->count; k++) m->norm += scale[m->features[k]] * scale[m->features[k]];
    }
    uint64_t random = 1;
    for (size_t i = 0; i < (size_t)l->how->rounds * l->count;
         i++) { /* in no order, which it learns faster from, but each time the same */
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        size_t k = (random >> 33) % l->count;
        if (is_learnt(&l->examples[k], k, fold)) step(l, &l->examples[k], class);
    }
}

static void learn(struct learner *l, size_t fold) {
    for (size_t class = 0; class < l->how->class_count; class ++) learn_class(l, class, fold);
}

static double weight_of(const struct learner *l, size_t class, size_t feature) {
    return l->weight[class * l->features + feature] * l->scale[class * l->features + feature];
}

static bool is_kept(const struct learner *l, size_t feature) {
    for (size_t k = 0; k < l->how->class_count; k++)
        if (fabs(weight_of(l, k, feature)) >= l->how->weight_min) return true;
    return false;
}

static void write_table(const struct learner *l, const char *path) {
    FILE *f = fopen(path, "w");
    size_t count = 0, classes = l->how->class_count;
    if (!f) learn_fatal(path);
    fprintf(f, "/* Made by tools/learn.c. */\n#include \"%s\"\n\nstatic const struct str features[] = {\n",
            l->how->header);
    for (size_t i = 0; i < l->features; i++) {
        if (!is_kept(l, i)) continue;
        fprintf(f, "    { \"%.*s\", %zu },\n", STR_ARG(l->names[i]), l->names[i].n);
        count++;
    }
    fprintf(f, "};\n\nstatic const float weights[] = {\n");
    for (size_t i = 0; i < l->features; i++) {
        if (!is_kept(l, i)) continue;
        for (size_t k = 0; k < classes; k++) fprintf(f, " %.4ff,", weight_of(l, k, i));
        fprintf(f, "\n");
    }
    fprintf(f, "};\n\nstatic const float bias[] = {");
    for (size_t k = 0; k < classes; k++) fprintf(f, " %.4ff,", l->bias[k]);
    fprintf(f, " };\n\nconst struct weight_table %s = { %zu, %zu, features, weights, bias };\n",
            l->how->table, count, classes);
    if (fclose(f) != 0) learn_fatal(path);
}

/* One class: how many of its messages are seen, how many others are taken for them. */
static void print_thresholds(const struct learner *l, const double *scores, struct str language) {
    static const double thresholds[] = { -0.6, -0.4, -0.2, 0, 0.2, 0.4 };
    for (size_t t = 0; t < COUNT_OF(thresholds); t++) {
        double all[2] = { 0 }, above[2] = { 0 };
        for (size_t i = 0; i < l->count; i++) {
            const struct example *m = &l->examples[i];
            if (isnan(scores[i]) || !str_eq(m->language, language)) continue;
            all[m->class == 0] += 1;
            above[m->class == 0] += scores[i] > thresholds[t];
        }
        printf("%-4.*s threshold %+.1f %s=%.0f recall=%.3f others=%.0f wrongly=%.3f\n", STR_ARG(language),
               thresholds[t], l->how->classes[0], all[1], above[1] / fmax(all[1], 1), all[0],
               above[0] / fmax(all[0], 1));
    }
}

static size_t best_class(const struct learner *l, const double *scores) {
    size_t best = 0;
    for (size_t k = 1; k < l->how->class_count; k++)
        if (scores[k] > scores[best]) best = k;
    return best;
}

static void print_right(const struct learner *l, const double *scores, struct str language) {
    size_t all = 0, right = 0, classes = l->how->class_count;
    for (size_t i = 0; i < l->count; i++) {
        const struct example *m = &l->examples[i];
        if (isnan(scores[i * classes]) || !str_eq(m->language, language)) continue;
        size_t best = best_class(l, &scores[i * classes]);
        all++;
        right += m->class == (int)best;
        if (m->class != (int)best)
            printf("  %.*s %s: %.*s (%s)\n", STR_ARG(language), l->how->classes[m->class < 0 ? 0 : m->class],
                   STR_ARG(m->text), l->how->classes[best]);
    }
    printf("%-4.*s messages=%zu right=%.3f\n", STR_ARG(language), all, (double)right / fmax((double)all, 1));
}

/* Scores of the messages that were not learned from, a row of classes each; the others are NAN. */
static void judge(struct learner *l, bool folds, double *scores) {
    size_t classes = l->how->class_count;
    for (size_t i = 0; i < l->count * classes; i++) scores[i] = NAN;
    for (size_t fold = folds ? 0 : FOLDS; fold < (size_t)(folds ? FOLDS : FOLDS + 1); fold++) {
        learn(l, fold);
        for (size_t i = 0; i < l->count; i++)
            for (size_t k = 0; k < classes && !is_learnt(&l->examples[i], i, fold); k++)
                scores[i * classes + k] = score(l, &l->examples[i], k);
    }
}

static void print_judged(struct learner *l, bool folds) {
    double *scores = must(calloc(l->count * l->how->class_count + 1, sizeof *scores));
    struct str languages[LANGUAGES_MAX];
    size_t count = 0;
    judge(l, folds, scores);
    for (size_t i = 0; i < l->count; i++) {
        size_t k = 0;
        while (k < count && !str_eq(languages[k], l->examples[i].language)) k++;
        if (k == count && count < LANGUAGES_MAX) languages[count++] = l->examples[i].language;
    }
    for (size_t k = 0; k < count; k++)
        (l->how->class_count == 1 ? print_thresholds : print_right)(l, scores, languages[k]);
    free(scores);
}

int learn_main(int argc, char **argv, const struct learning *how) {
    bool folds = argc > 2 && strcmp(argv[1], "--folds") == 0,
         test = argc > 3 && strcmp(argv[1], "--judge") == 0;
    struct learner l = { .how = how, .arena = must(arena_new(ARENA_BYTES)) };
    if (argc < 3) learn_fatal("usage: OUT.c|--folds|--judge FILE…");
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
