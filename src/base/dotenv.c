#include "base/dotenv.h"

#include "base/utf8.h"

#include <stdio.h>

static const struct message bad_text = { "env_not_text",
                                         "Le fichier .env n’est pas un texte UTF-8 (ou il dépasse 64 Kio).",
                                         "The .env file is not UTF-8 text (or it is larger than 64 KiB)." };
static const struct message bad_line = {
    "env_line_invalid",
    "La ligne {} du fichier .env n’a pas la forme NOM=valeur (ou un guillemet n’est pas fermé).",
    "Line {} of the .env file is not NAME=value (or a quote is not closed)."
};

static enum status fail_line(struct err *e, int line) {
    char number[12];
    enum status s = fail(e, E_INVALID, &bad_line, ".env line %d is not an assignment", line);
    snprintf(number, sizeof number, "%d", line);
    err_arg(e, str_from_c(number));
    return s;
}

static bool is_name_char(char c, bool first) {
    if (is_ascii_letter(c) || c == '_') return true;
    return !first && is_digit(c);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static struct str skip_blanks(struct str s) {
    while (s.n > 0 && is_blank(s.p[0])) s = str_sub(s, 1, s.n);
    return s;
}

/* Cuts the name off the front of *line; false when there is none. */
static bool take_name(struct str *line, struct str *name) {
    size_t n = 0;
    while (n < line->n && is_name_char(line->p[n], n == 0)) n++;
    *name = str_sub(*line, 0, n);
    *line = str_sub(*line, n, line->n);
    return n > 0;
}

static char unescape(char c) {
    switch (c) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    default: return c;
    }
}

/* Only these may follow a backslash; before any other character it stands for itself. */
static bool is_escape(char c) {
    return c == 'n' || c == 't' || c == 'r' || c == '"' || c == '\\' || c == '$';
}

/* in begins with the quote. Only white space and a comment may follow the closing one. */
static bool take_quoted(struct str in, char *out, size_t *n) {
    char quote = in.p[0];
    size_t at = 1;
    while (at < in.n && in.p[at] != quote) {
        bool escaped = quote == '"' && in.p[at] == '\\' && at + 1 < in.n && is_escape(in.p[at + 1]);
        if (escaped) at++;
        out[(*n)++] = escaped ? unescape(in.p[at]) : in.p[at];
        at++;
    }
    if (at == in.n) return false;
    struct str rest = skip_blanks(str_sub(in, at + 1, in.n));
    return rest.n == 0 || rest.p[0] == '#';
}

static struct str without_comment(struct str s) {
    if (s.n > 0 && s.p[0] == '#') return str_sub(s, 0, 0);
    for (size_t i = 1; i < s.n; i++)
        if (s.p[i] == '#' && is_blank(s.p[i - 1])) return str_sub(s, 0, i);
    return s;
}

static enum status parse_value(struct arena *a, struct str in, int line, struct str *out, struct err *e) {
    char *p = arena_alloc(a, in.n + 1);
    if (!p) return fail(e, E_LIMIT, NULL, "no memory for the .env file");
    size_t n = 0;
    if (in.n > 0 && (in.p[0] == '"' || in.p[0] == '\'')) {
        if (!take_quoted(in, p, &n)) return fail_line(e, line);
    } else {
        struct str plain = str_trim(without_comment(in));
        if (plain.n) memcpy(p, plain.p, plain.n);
        n = plain.n;
    }
    *out = (struct str) { p, n };
    return OK;
}

static enum status parse_line(struct arena *a, struct str s, int line, dotenv_fn *fn, void *ctx,
                              struct err *e) {
    struct str name, value;
    enum status st;
    s = str_trim(s);
    if (s.n == 0 || s.p[0] == '#') return OK;
    if (str_starts(s, STR("export ")) || str_starts(s, STR("export\t"))) s = skip_blanks(str_sub(s, 7, s.n));
    if (!take_name(&s, &name)) return fail_line(e, line);
    s = skip_blanks(s);
    if (s.n == 0 || s.p[0] != '=') return fail_line(e, line);
    if ((st = parse_value(a, skip_blanks(str_sub(s, 1, s.n)), line, &value, e)) != OK) return st;
    return fn(ctx, name, value, line, e);
}

enum status dotenv_parse(struct arena *a, struct str text, dotenv_fn *fn, void *ctx, struct err *e) {
    if (text.n > DOTENV_BYTES_MAX || !utf8_is_clean(text))
        return fail(e, E_INVALID, &bad_text, ".env is not UTF-8 text");
    if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_sub(text, 3, text.n);
    for (int line = 1; text.n > 0; line++) {
        enum status s = parse_line(a, str_next_line(&text), line, fn, ctx, e);
        if (s != OK) return s;
    }
    return OK;
}
