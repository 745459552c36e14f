#include "mutation.h"

#include "base/utf8.h"
#include "eval.h"
#include "language/names.h"

const char *mutation_name(enum mutation m) {
    static const char *const names[MUTATION_COUNT] = {
        "number", "unit", "day", "medicine", "added", "swapped"
    };
    return names[m];
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static struct str replaced(struct arena *arena, struct str text, size_t at, size_t bytes, struct str by) {
    struct str out;
    if (!arena_printf(arena, &out, "%.*s%.*s%.*s", STR_ARG(str_sub(text, 0, at)), STR_ARG(by),
                      STR_ARG(str_sub(text, at + bytes, text.n))))
        eval_end("no memory");
    return out;
}

/* From `at` on the next run of digits that is no part of a day or of a word; its length, or 0. */
static size_t next_number(struct str text, size_t *at) {
    for (size_t i = *at; i < text.n; i++) {
        if (!is_digit(text.p[i])) continue;
        size_t end = i;
        while (end < text.n && is_digit(text.p[end])) end++;
        bool part =
            (i && (is_letter(text.p[i - 1]) || text.p[i - 1] == '/')) || (end < text.n && text.p[end] == '/');
        *at = i;
        if (!part) return end - i;
        i = end;
    }
    return 0;
}

static bool change_number(struct arena *arena, struct str text, struct str *out) {
    size_t at = 0, n = next_number(text, &at);
    if (n == 0) return false;
    char digit = (char)('0' + (text.p[at + n - 1] - '0' + 3) % 10);
    *out = replaced(arena, text, at + n - 1, 1, (struct str) { &digit, 1 });
    return true;
}

static bool change_unit(struct arena *arena, struct str text, struct str *out) {
    static const char *const units[][2] = { { " mg", " g" },           { " g/L", " mg/L" },
                                            { " jours", " mois" },     { " µg", " mg" },
                                            { " fois", " comprimés" }, { " mL", " L" },
                                            { " comprimé", " sachet" } };
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        struct str from = str_from_c(units[i][0]);
        size_t at = str_find(text, from);
        bool whole = at + from.n >= text.n || !is_letter(text.p[at + from.n]);
        if (at >= text.n || at == 0 || !is_digit(text.p[at - 1]) || !whole) continue;
        *out = replaced(arena, text, at, from.n, str_from_c(units[i][1]));
        return true;
    }
    return false;
}

static bool change_day(struct arena *arena, struct str text, struct str *out) {
    for (size_t i = 0; i + 9 < text.n; i++) {
        bool day = is_digit(text.p[i]) && is_digit(text.p[i + 1]) && text.p[i + 2] == '/' &&
                   is_digit(text.p[i + 3]) && is_digit(text.p[i + 4]) && text.p[i + 5] == '/' &&
                   is_digit(text.p[i + 9]);
        if (!day) continue;
        char digit = (char)('0' + (text.p[i + 9] - '0' + 1) % 10);
        *out = replaced(arena, text, i + 9, 1, (struct str) { &digit, 1 });
        return true;
    }
    return false;
}

static bool change_medicine(struct arena *arena, struct str text, struct str *out) {
    for (size_t i = 0; i < text.n;) {
        size_t end = i;
        struct str folded;
        while (end < text.n && is_letter(text.p[end])) end++;
        if (!utf8_fold(arena, str_sub(text, i, end - i), &folded)) eval_end("no memory");
        if (folded.n >= 5 && names_is_drug(folded)) {
            bool same = str_eq(folded, STR("digoxine"));
            *out = replaced(arena, text, i, end - i, same ? STR("warfarine") : STR("digoxine"));
            return true;
        }
        i = end > i ? end : i + 1;
    }
    return false;
}

/* Two numbers change places. */
static bool swap_numbers(struct arena *arena, struct str text, struct str *out) {
    size_t a = 0, n = next_number(text, &a), b = a + n, m = n ? next_number(text, &b) : 0;
    struct str first = str_sub(text, a, n), second = str_sub(text, b, m);
    if (m == 0 || str_eq(first, second)) return false;
    *out = replaced(arena, replaced(arena, text, b, m, first), a, n, second);
    return true;
}

bool mutate(struct arena *arena, enum mutation m, struct str text, struct str *out) {
    switch (m) {
    case MUTATE_NUMBER: return change_number(arena, text, out);
    case MUTATE_UNIT: return change_unit(arena, text, out);
    case MUTATE_DAY: return change_day(arena, text, out);
    case MUTATE_MEDICINE: return change_medicine(arena, text, out);
    case MUTATE_ADD:
        *out = replaced(arena, text, text.n, 0, STR(" Prenez aussi 7 comprimés de digoxine par jour."));
        return true;
    case MUTATE_SWAP: return swap_numbers(arena, text, out);
    case MUTATION_COUNT: break;
    }
    return false;
}
