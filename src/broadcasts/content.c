#include "broadcasts/content.h"

#include "base/buf.h"
#include "base/utf8.h"

static const struct message field_unknown_here = {
    "broadcast_field_unknown",
    "« {} » n’est pas un champ. Les champs sont : {{prenom}}, {{nom}}, {{medecin}}.",
    "\"{}\" is no field. The fields are: {{first_name}}, {{last_name}}, {{doctor}}.",
};
static const struct message braces_open = {
    "broadcast_field_open",
    "Une accolade ouverte n’est pas fermée : un champ s’écrit {{prenom}} ou {{prenom|cher patient}}.",
    "Braces are opened and not closed: a field is written {{first_name}} or {{first_name|dear patient}}.",
};
static const struct message fields_many = { "broadcast_fields_many", "Trop de champs : {} au plus.",
                                            "Too many fields: at most {}." };

static const struct {
    const char *fr, *en;
} names[CONTENT_FIELD_COUNT] = {
    [CONTENT_FIRST_NAME] = { "prenom", "first_name" },
    [CONTENT_LAST_NAME] = { "nom", "last_name" },
    [CONTENT_DOCTOR] = { "medecin", "doctor" },
};

const char *content_field_name(enum content_field field) {
    return names[field].fr;
}

/* One {{…}}: what stands before it, and what is in it. */
struct mark {
    struct str before, name, otherwise;
    bool has_otherwise;
    enum content_field field;
};

static bool field_of(struct str name, enum content_field *out) {
    for (int i = 0; i < CONTENT_FIELD_COUNT; i++) {
        if (str_eq(name, str_from_c(names[i].fr)) || str_eq(name, str_from_c(names[i].en))) {
            *out = (enum content_field)i;
            return true;
        }
    }
    return false;
}

enum found { FOUND_NONE, FOUND_OPEN, FOUND_UNKNOWN, FOUND };

/* Takes the next one off *rest; with FOUND_NONE the rest is text. */
static enum found next_mark(struct str *rest, struct mark *m) {
    size_t open = str_find(*rest, STR("{{"));
    if (open == rest->n) return FOUND_NONE;
    struct str inside = str_sub(*rest, open + 2, rest->n);
    size_t close = str_find(inside, STR("}}"));
    if (close == inside.n) return FOUND_OPEN;
    struct str said = str_sub(inside, 0, close);
    size_t bar = str_find_char(said, '|');
    *m = (struct mark) { .before = str_sub(*rest, 0, open),
                         .name = str_trim(str_sub(said, 0, bar)),
                         .has_otherwise = bar < said.n,
                         .otherwise = bar < said.n ? str_trim(str_sub(said, bar + 1, said.n)) : STR("") };
    *rest = str_sub(inside, close + 2, inside.n);
    return field_of(m->name, &m->field) ? FOUND : FOUND_UNKNOWN;
}

const struct message *content_fault(struct str content, struct str *arg) {
    struct mark m;
    *arg = STR("");
    for (int i = 0;; i++) {
        switch (next_mark(&content, &m)) {
        case FOUND_NONE: return NULL;
        case FOUND_OPEN: return &braces_open;
        case FOUND_UNKNOWN: *arg = m.name; return &field_unknown_here;
        case FOUND:
            if (i < CONTENT_FIELDS_MAX) break;
            *arg = STR("20");
            return &fields_many;
        }
    }
}
_Static_assert(CONTENT_FIELDS_MAX == 20, "the number stands in a text");

unsigned content_needs(struct str content) {
    unsigned needs = 0;
    struct mark m;
    while (next_mark(&content, &m) == FOUND)
        if (!m.has_otherwise) needs |= 1u << m.field;
    return needs;
}

enum status content_render(struct arena *arena, struct str content, const struct content_values *values,
                           struct str *out, struct err *e) {
    struct buf text;
    struct mark m;
    enum status s = OK;

    buf_init(&text, (size_t)CONTENT_CHARS_MAX * 64);
    while (s == OK && next_mark(&content, &m) == FOUND) {
        struct str value = str_trim(values->of[m.field]);
        if (!value.n && !m.has_otherwise)
            s = fail(e, E_INVALID, NULL, "field %s is empty", content_field_name(m.field));
        buf_add(&text, m.before);
        buf_add(&text, value.n ? value : m.otherwise);
    }
    buf_add(&text, content);
    if (s == OK && (!buf_ok(&text) || !arena_dup(arena, buf_str(&text), out)))
        s = fail(e, E_LIMIT, NULL, "no memory for the words of a broadcast");
    buf_done(&text);
    return s;
}

size_t content_length(struct str text) {
    size_t at = 0, n = 0;
    while (at < text.n) n += utf8_next(text, &at) > 0xffff ? 2 : 1;
    return n;
}
