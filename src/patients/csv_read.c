#include "patients/csv_read.h"

#include "base/utf8.h"

static const struct message not_text = {
    "csv_not_text",
    "Ce fichier n’est pas une liste CSV. Dans le tableur : Enregistrer sous, CSV (UTF-8).",
    "This file is no CSV list. In the spreadsheet: Save as, CSV (UTF-8).",
};
static const struct message quote_open = {
    "csv_quote",
    "Un guillemet n’est pas fermé dans la ligne {}.",
    "A quotation mark is not closed in line {}.",
};
static const struct message too_wide = {
    "csv_too_wide",
    "La ligne {} a trop de colonnes.",
    "Line {} has too many columns.",
};

/* What Windows-1252 has from 0x80 to 0x9F; 0: nothing. Everything else is as in Latin-1. */
static const uint16_t windows_1252[32] = { 0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                           0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                           0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                           0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178 };

static size_t put_utf8(char *out, uint32_t c) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
}

static enum status from_windows_1252(struct arena *arena, struct str bytes, struct str *text, struct err *e) {
    char *out = arena_array(arena, bytes.n + 1, 3);
    size_t n = 0;

    if (!out) return fail(e, E_LIMIT, NULL, "no room for a list");
    for (size_t i = 0; i < bytes.n; i++) {
        uint32_t c = (unsigned char)bytes.p[i];
        if (c >= 0x80 && c < 0xA0) c = windows_1252[c - 0x80];
        if (c == 0) return fail(e, E_INVALID, &not_text, "a list with bytes that are no text");
        n += put_utf8(out + n, c);
    }
    *text = (struct str) { out, n };
    return OK;
}

enum status csv_text(struct arena *arena, struct str bytes, struct str *text, struct err *e) {
    if (str_starts(bytes, STR("\xEF\xBB\xBF"))) bytes = str_sub(bytes, 3, bytes.n);
    if (!utf8_is_clean(bytes)) return from_windows_1252(arena, bytes, text, e);
    *text = bytes;
    return OK;
}

/* How often the first line has it outside quotes. */
static size_t count_in_head(struct str text, char wanted) {
    bool quoted = false;
    size_t n = 0;
    for (size_t i = 0; i < text.n && (quoted || (text.p[i] != '\n' && text.p[i] != '\r')); i++) {
        if (text.p[i] == '"') quoted = !quoted;
        if (!quoted && text.p[i] == wanted) n++;
    }
    return n;
}

void csv_start(struct csv_reader *r, struct str text) {
    size_t commas = count_in_head(text, ','), semicolons = count_in_head(text, ';'),
           tabs = count_in_head(text, '\t');
    char separator = semicolons > commas ? ';' : ',';
    if (tabs > commas && tabs > semicolons) separator = '\t';
    *r = (struct csv_reader) { text, separator, 0, 1 };
}

static char peek(const struct csv_reader *r) {
    return r->rest.n ? r->rest.p[0] : '\n';
}

static void skip(struct csv_reader *r, size_t n) {
    r->rest = str_sub(r->rest, n, r->rest.n);
}

static bool ends_row(char c) {
    return c == '\n' || c == '\r';
}

static enum status fail_at_line(const struct csv_reader *r, const struct message *m, struct err *e) {
    char text[16];
    size_t n = 0;
    enum status s = fail(e, E_INVALID, m, "a list cannot be read at line %d", r->line);
    int line = r->line;
    for (int t = line; t > 0; t /= 10) n++;
    for (size_t i = n; i > 0; i--, line /= 10) text[i - 1] = (char)('0' + line % 10);
    err_arg(e, (struct str) { text, n });
    return s;
}

/* What stands between quotes, and whatever stands behind them before the separator. */
static enum status read_quoted(struct csv_reader *r, struct arena *arena, struct str *cell, struct err *e) {
    char *out = arena_alloc(arena, r->rest.n + 1);
    size_t n = 0;

    if (!out) return fail(e, E_LIMIT, NULL, "no room for a list");
    skip(r, 1);
    for (;;) {
        if (r->rest.n == 0) return fail_at_line(r, &quote_open, e);
        char c = peek(r);
        skip(r, 1);
        if (c == '"' && (r->rest.n == 0 || peek(r) != '"')) break;
        if (c == '"') skip(r, 1);
        if (c == '\n') r->next_line++;
        out[n++] = c;
    }
    while (r->rest.n && peek(r) != r->separator && !ends_row(peek(r))) {
        out[n++] = peek(r);
        skip(r, 1);
    }
    *cell = (struct str) { out, n };
    return OK;
}

static struct str read_plain(struct csv_reader *r) {
    size_t n = 0;
    while (n < r->rest.n && r->rest.p[n] != r->separator && !ends_row(r->rest.p[n])) n++;
    struct str cell = str_sub(r->rest, 0, n);
    skip(r, n);
    return cell;
}

static void end_row(struct csv_reader *r) {
    if (r->rest.n >= 2 && r->rest.p[0] == '\r' && r->rest.p[1] == '\n') skip(r, 1);
    if (r->rest.n) skip(r, 1);
    r->next_line++;
}

static enum status read_row(struct csv_reader *r, struct arena *arena, struct str *cells, size_t max,
                            size_t *count, bool *any, struct err *e) {
    enum status s = OK;

    *count = 0;
    *any = false;
    r->line = r->next_line;
    for (;;) {
        struct str cell = { 0 };
        if (*count == max) return fail_at_line(r, &too_wide, e);
        if (r->rest.n && peek(r) == '"') {
            if ((s = read_quoted(r, arena, &cell, e)) != OK) return s;
        } else {
            cell = read_plain(r);
        }
        cells[*count] = str_trim(cell);
        *any = *any || cells[*count].n > 0;
        ++*count;
        if (r->rest.n == 0 || ends_row(peek(r))) break;
        skip(r, 1);
    }
    end_row(r);
    return OK;
}

enum status csv_next(struct csv_reader *r, struct arena *arena, struct str *cells, size_t max, size_t *count,
                     struct err *e) {
    bool any = false;

    *count = 0;
    while (r->rest.n) {
        enum status s = read_row(r, arena, cells, max, count, &any, e);
        if (s != OK || any) return s;
    }
    *count = 0;
    return OK;
}
