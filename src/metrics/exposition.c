#include "metrics/exposition.h"

#include <stdio.h>

void exposition_family(struct buf *out, const char *name, const char *type, const char *help) {
    buf_addf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/* Backslash, quote and line feed are all that the format escapes. */
static void put_text(struct buf *out, struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\\' || c == '"') buf_add_char(out, '\\');
        if (c == '\n') buf_add(out, STR("\\n"));
        if (c != '\n') buf_add_char(out, c);
    }
}

static void put_label(struct buf *out, const struct label *l, bool first) {
    buf_add_char(out, first ? '{' : ',');
    buf_add(out, str_from_c(l->name));
    buf_add(out, STR("=\""));
    put_text(out, l->value);
    buf_add_char(out, '"');
}

static void put_number(struct buf *out, double value) {
    if (value >= -9e15 && value <= 9e15 && value == (double)(int64_t)value)
        buf_add_i64(out, (int64_t)value);
    else
        buf_addf(out, "%.9g", value);
}

/* le: the label of a step; NULL: none. */
static void put_line(struct buf *out, const char *name, const char *end, const struct label *labels,
                     size_t count, const char *le, double value) {
    buf_add(out, str_from_c(name));
    buf_add(out, str_from_c(end));
    for (size_t i = 0; i < count; i++) put_label(out, &labels[i], i == 0);
    if (le) put_label(out, &(struct label) { "le", str_from_c(le) }, count == 0);
    if (count > 0 || le) buf_add_char(out, '}');
    buf_add_char(out, ' ');
    put_number(out, value);
    buf_add_char(out, '\n');
}

void exposition_value(struct buf *out, const char *name, const struct label *labels, size_t count,
                      double value) {
    put_line(out, name, "", labels, count, NULL, value);
}

void exposition_histogram(struct buf *out, const char *name, const struct label *labels, size_t count,
                          const struct histogram_sum *h) {
    int64_t so_far = 0;
    for (size_t i = 0; i < HISTOGRAM_STEPS; i++) {
        char le[32];
        so_far += h->counts[i];
        snprintf(le, sizeof le, "%g", (double)histogram_steps_us[i] / 1e6);
        put_line(out, name, "_bucket", labels, count, le, (double)so_far);
    }
    so_far += h->counts[HISTOGRAM_STEPS];
    put_line(out, name, "_bucket", labels, count, "+Inf", (double)so_far);
    put_line(out, name, "_sum", labels, count, NULL, (double)h->sum_us / 1e6);
    put_line(out, name, "_count", labels, count, NULL, (double)so_far);
}

void exposition_single(struct buf *out, const char *name, const char *type, const char *help, double value) {
    exposition_family(out, name, type, help);
    exposition_value(out, name, NULL, 0, value);
}
