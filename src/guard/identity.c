/*
 * identity -- the small looks that all finders share, and what is found byte by byte.
 */
#include "guard/identity.h"

#include "base/utf8.h"
#include "patients/phone.h"

enum { PHONE_DIGITS_MIN = 8, LITERAL_BYTES_MAX = 40 };

void identity_add(struct identity_search *s, size_t from, size_t to, enum identity_kind kind) {
    if (from >= to) return;
    if (s->count == s->capacity) {
        s->full = true;
        return;
    }
    s->spans[s->count++] = (struct identity_span) { from, to, kind };
}

struct str identity_source(const struct identity_search *s, size_t token) {
    return token_source(s->text, &s->tokens->items[token]);
}

size_t identity_token_end(const struct identity_search *s, size_t token) {
    return s->tokens->items[token].at + s->tokens->items[token].bytes;
}

bool identity_same_line(const struct identity_search *s, size_t first, size_t last) {
    size_t from = identity_token_end(s, first), to = s->tokens->items[last].at;
    return from >= to || str_find_char(str_sub(s->text, from, to - from), '\n') == to - from;
}

bool identity_is_close(const struct identity_search *s, size_t token, size_t most) {
    if (token + 1 >= s->tokens->count) return false;
    size_t from = identity_token_end(s, token), to = s->tokens->items[token + 1].at;
    if (to < from || to - from > most) return false;
    for (size_t i = from; i < to; i++)
        if (!strchr(" .-'", s->text.p[i]) && (unsigned char)s->text.p[i] < 0x80) return false;
    return true;
}

size_t identity_line_end(const struct identity_search *s, size_t byte) {
    struct str rest = str_sub(s->text, byte, s->text.n);
    size_t line = str_find_char(rest, '\n'), gap = str_find(rest, STR("  "));
    return byte + (line < gap ? line : gap);
}

bool identity_is_capital(const struct identity_search *s, size_t token) {
    struct str word = identity_source(s, token);
    if (word.n == 0 || s->tokens->items[token].number) return false;
    return utf8_is_capital(word, 0);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static size_t count_digits(struct str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += is_digit(s.p[i]);
    return n;
}

/* The longest telephone number that starts here; its end, or `at`. */
static size_t phone_end(const struct identity_search *s, size_t at) {
    struct phone phone;
    size_t end = at;
    while (end < s->text.n && end - at < PHONE_INPUT_MAX_BYTES &&
           (is_digit(s->text.p[end]) || strchr(" +.-()/", s->text.p[end])))
        end++;
    for (; end > at; end--) {
        struct str run = str_sub(s->text, at, end - at);
        bool whole = is_digit(run.p[run.n - 1]) && (end == s->text.n || !is_digit(s->text.p[end]));
        if (!whole) continue;
        if (count_digits(run) < PHONE_DIGITS_MIN) break;
        if (phone_parse(run, s->known->phone_region, &phone) || phone_parse(run, STR("SN"), &phone) ||
            (run.p[0] == '0' && phone_parse(run, STR("FR"), &phone)))
            return end;
    }
    return at;
}

static void find_phones(struct identity_search *s) {
    for (size_t at = 0; at < s->text.n; at++) {
        char c = s->text.p[at];
        bool starts =
            c == '+' || (is_digit(c) && (at == 0 || !is_digit(s->text.p[at - 1]))) ||
            (c == '(' && at + 1 < s->text.n && (is_digit(s->text.p[at + 1]) || s->text.p[at + 1] == '+'));
        size_t end = starts ? phone_end(s, at) : at;
        if (end == at) continue;
        identity_add(s, at, end, IDENTITY_PHONE);
        at = end - 1;
    }
}

/* The run of characters without a blank around `at`, without the signs that end a sentence. */
static void add_run(struct identity_search *s, size_t at) {
    size_t from = at, to = at;
    while (from > 0 && !is_blank(s->text.p[from - 1]) && !strchr("<>()[],;:\"", s->text.p[from - 1])) from--;
    while (to < s->text.n && !is_blank(s->text.p[to]) && !strchr("<>()[],;\"", s->text.p[to])) to++;
    while (to > from && strchr(".!?:", s->text.p[to - 1])) to--;
    identity_add(s, from, to, IDENTITY_MAIL);
}

static void find_mail(struct identity_search *s) {
    static const char *const webs[] = { "http:/", "https:/", "www.", "HTTP:/", "HTTPS:/", "WWW." };
    for (size_t at = 0; at < s->text.n; at++) {
        struct str rest = str_sub(s->text, at, s->text.n);
        bool mail = s->text.p[at] == '@', web = false;
        for (size_t i = 0; i < COUNT_OF(webs) && !web; i++) web = str_starts(rest, str_from_c(webs[i]));
        if (mail || web) add_run(s, at);
    }
}

/* "[PATIENT_1]" that the text itself holds: taken out like the rest, so that it cannot stand for anybody. */
static void find_literals(struct identity_search *s) {
    for (size_t at = 0; at < s->text.n; at++) {
        if (s->text.p[at] != '[') continue;
        size_t end = at + 1;
        while (end < s->text.n && end - at < LITERAL_BYTES_MAX &&
               ((s->text.p[end] >= 'A' && s->text.p[end] <= 'Z') || s->text.p[end] == '_' ||
                is_digit(s->text.p[end])))
            end++;
        if (end > at + 1 && end < s->text.n && s->text.p[end] == ']')
            identity_add(s, at, end + 1, IDENTITY_LITERAL);
    }
}

void identity_find_contacts(struct identity_search *s) {
    find_literals(s);
    find_phones(s);
    find_mail(s);
}
