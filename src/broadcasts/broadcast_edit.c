/*
 * broadcast_edit -- what a client writes of a broadcast, with every mistake at once.
 */
#include "base/buf.h"
#include "broadcasts/broadcast.h"
#include "net/wire.h"

enum { TARGET_JSON_MAX = 16 * 1024, VARIABLE_CHARS_MAX = 1024, VARIABLES_MAX = 10, NAME_CHARS_MAX = 40 };

static const char *const language_words[] = { "fr", "en", "wo", NULL };

static const struct message in_the_past = {
    "broadcast_time_past", "Cette date est passée : choisissez-en une à venir, ou envoyez maintenant.",
    "This time is past: choose one to come, or send now."
};
static const struct message target_missing_words = {
    "broadcast_target_missing",
    "Dites à qui : « target_all_patients »: true, ou au moins un critère dans « target ».",
    "Say to whom: \"target_all_patients\": true, or at least one condition in \"target\"."
};
static const struct message target_both = {
    "broadcast_target_both", "« target_all_patients » est vrai : il ne peut pas y avoir de critère.",
    "\"target_all_patients\" is true: there can be no condition."
};
static const struct message category_invalid = {
    "broadcast_category_invalid", "Une catégorie s’écrit en lettres minuscules, chiffres et _.",
    "A category is written in small letters, digits and _."
};
static const struct message variant_same = { "broadcast_variant_same",
                                             "C’est la langue de « content » : écrivez-le là.",
                                             "This is the language of \"content\": write it there." };
static const struct message variable_name = {
    "broadcast_variable_invalid",
    "Le nom d’une variable s’écrit en lettres minuscules, chiffres et _ ; {} au plus.",
    "The name of a variable is written in small letters, digits and _; at most {}."
};

static const struct message time_invalid = {
    "broadcast_time_invalid",
    "Il faut une heure de la clinique comme 2026-12-01T09:00, ou avec son décalage : 2026-12-01T09:00:00Z.",
    "It must be a time of the clinic like 2026-12-01T09:00, or with its offset: 2026-12-01T09:00:00Z."
};
static const struct message time_quiet = {
    "broadcast_time_quiet",
    "À cette heure rien ne part (heures calmes : {}). Choisissez une autre heure, ou changez « quiet_hours ».",
    "Nothing leaves at this time (quiet hours: {}). Choose another, or change \"quiet_hours\"."
};
static const struct message quiet_invalid = {
    "broadcast_quiet_invalid", "Il faut deux heures comme 21:00-08:00, ou « none » pour aucune.",
    "It must be two times like 21:00-08:00, or \"none\"."
};
static const struct message repeat_without_time = {
    "broadcast_repeat_without_time",
    "Pour se répéter, une diffusion a besoin d’une première heure : « scheduled_at ».",
    "To repeat, a broadcast needs a first time: \"scheduled_at\"."
};
static const struct message repeat_missing = {
    "broadcast_repeat_missing", "Cela ne vaut que pour une diffusion qui se répète (« repeat »).",
    "This is only for a broadcast that repeats (\"repeat\")."
};
static const struct message repeat_ends_before = { "broadcast_repeat_ends_before",
                                                   "La répétition finirait avant d’avoir commencé.",
                                                   "The repetition would end before it begins." };

struct reader {
    struct arena *arena;
    const struct broadcasts *room;
    struct fields *f;
    struct broadcast *b;
    int64_t now_us;
};

static bool is_word(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !is_digit(s.p[i]) && s.p[i] != '_') return false;
    return s.n > 0;
}

/* A name of a field of the answer, in the arena. */
static const char *path(struct reader *r, const char *name, const char *member) {
    struct str full;
    return arena_printf(r->arena, &full, "%s.%s", name, member) ? full.p : name;
}

static void check_text(struct reader *r, const char *name, struct str text, size_t max) {
    struct str arg, most;
    const struct message *fault = content_fault(text, &arg);
    if (fault) fields_fail(r->f, name, fault, arg);
    if (content_length(text) <= max) return;
    if (!arena_printf(r->arena, &most, "%zu", max)) most = STR("-");
    fields_fail(r->f, name, &field_too_long, most);
}

static void read_content(struct reader *r, enum field_need need) {
    int language = (int)r->b->language;
    if (fields_word(r->f, "language", FIELD_OPTIONAL, language_words, &language))
        r->b->language = (enum lang)language;
    if (!fields_str(r->f, "content", need, CONTENT_CHARS_MAX, &r->b->content)) return;
    if (!r->b->content.n)
        fields_fail(r->f, "content", &field_blank, STR(""));
    else
        check_text(r, "content", r->b->content, CONTENT_CHARS_MAX);
}

/* One object of texts: cleaned by reading it as fields of its own. *json is what was understood. */
static void read_texts(struct reader *r, const char *name, struct str raw, const char *const *names,
                       size_t count, size_t chars_max, struct str *json) {
    struct err local = { 0 };
    struct fields *inner;
    json_t *kept = json_object();
    bool ok = kept && fields_parse(r->arena, raw, &inner, &local) == OK;

    for (size_t i = 0; i < count && ok; i++) {
        struct str text;
        if (!fields_str(inner, names[i], FIELD_OPTIONAL, chars_max, &text) || !text.n) continue;
        check_text(r, path(r, name, names[i]), text, chars_max);
        ok = json_object_set_new(kept, names[i], json_stringn(text.p, text.n)) == 0;
    }
    if (ok && fields_done(inner) != OK)
        for (size_t i = 0; i < local.field_count; i++)
            fields_fail(r->f, path(r, name, local.fields[i].field.p), local.fields[i].message,
                        str_from_c(local.fields[i].arg));
    if (!ok || !wire_dump(r->arena, kept, json)) fields_fail(r->f, name, &field_not_text, STR(""));
    json_decref(kept);
}

static void read_variants(struct reader *r) {
    struct str raw, same;
    const char *own = language_words[r->b->language];
    if (fields_object(r->f, "variants", FIELD_OPTIONAL, &raw))
        read_texts(r, "variants", raw, language_words, COUNT_OF(language_words) - 1, CONTENT_CHARS_MAX,
                   &r->b->variants);
    json_t *variants = wire_json(r->b->variants);
    same = wire_text(variants, own);
    if (same.n) fields_fail(r->f, path(r, "variants", own), &variant_same, STR(""));
    json_decref(variants);
}

/* The names are the template's own. */
static void read_template(struct reader *r) {
    const char *names[VARIABLES_MAX], *name;
    json_t *object, *value;
    size_t count = 0;
    struct str raw;

    fields_str(r->f, "template_sid", FIELD_OPTIONAL, BROADCAST_TEMPLATE_CHARS_MAX, &r->b->template_sid);
    if (!fields_object(r->f, "template_variables", FIELD_OPTIONAL, &raw)) return;
    object = wire_json(raw);
    json_object_foreach(object, name, value) {
        if (count == VARIABLES_MAX || !is_word(str_from_c(name)) || strlen(name) > NAME_CHARS_MAX) {
            fields_fail(r->f, "template_variables", &variable_name, STR("10"));
            break;
        }
        names[count++] = name;
    }
    read_texts(r, "template_variables", raw, names, count, VARIABLE_CHARS_MAX, &r->b->template_variables);
    json_decref(object);
}
_Static_assert(VARIABLES_MAX == 10, "the number stands in a text");

static bool keep_target(struct reader *r, const struct target *t) {
    struct buf text;
    buf_init(&text, TARGET_JSON_MAX);
    struct json_out o = json_out_to(&text);
    target_json(&o, t);
    bool ok = buf_ok(&text) && arena_dup(r->arena, buf_str(&text), &r->b->target);
    buf_done(&text);
    return ok;
}

/* Who says one of the two says whom it is for; everybody is only meant by saying so. */
static void read_target(struct reader *r, bool must) {
    struct target t;
    struct str raw = STR("");
    bool all = false, says_all = fields_bool(r->f, "target_all_patients", FIELD_OPTIONAL, &all);
    bool says_some = fields_object(r->f, "target", FIELD_OPTIONAL, &raw);

    if (!says_all && !says_some) {
        if (must) fields_fail(r->f, "target_all_patients", &target_missing_words, STR(""));
        return;
    }
    if (!target_read(r->arena, r->f, "target", raw, &t)) return;
    if (all && !target_is_everybody(&t)) fields_fail(r->f, "target", &target_both, STR(""));
    if (!all && target_is_everybody(&t)) fields_fail(r->f, "target", &target_missing_words, STR(""));
    r->b->target_all = all;
    if (!keep_target(r, &t)) fields_fail(r->f, "target", &field_too_many, STR("8"));
}

/* With an offset as everywhere, or without one on the clinic's wall. False: null, or wrong. */
static bool read_time(struct reader *r, const char *name, int64_t *us) {
    enum { TIME_CHARS_MAX = 40 };
    struct str text;
    struct wall wall;
    if (!fields_str(r->f, name, FIELD_OPTIONAL, TIME_CHARS_MAX, &text)) return false;
    if (wall_parse(text, &wall)) {
        *us = wall_to_us(wall);
        return true;
    }
    if (time_parse_iso(text, us)) return true;
    fields_fail(r->f, name, &time_invalid, STR(""));
    return false;
}

static void read_quiet(struct reader *r) {
    struct day_span span;
    struct str text;
    if (!fields_has(r->f, "quiet_hours")) return;
    r->b->quiet_hours = STR(""); /* null: the clinic's */
    if (!fields_str(r->f, "quiet_hours", FIELD_OPTIONAL, DAY_SPAN_BYTES, &text)) return;
    if (str_eq(text, STR(QUIET_NONE)) || day_span_parse(text, &span))
        r->b->quiet_hours = text;
    else
        fields_fail(r->f, "quiet_hours", &quiet_invalid, STR(""));
}

static void check_time(struct reader *r) {
    struct day_span quiet = broadcast_quiet(r->room, r->b->quiet_hours);
    char hours[DAY_SPAN_BYTES];
    struct str arg;
    if (r->b->scheduled_at_us <= r->now_us) {
        fields_fail(r->f, "scheduled_at", &in_the_past, STR(""));
    } else if (day_span_end_us(quiet, r->b->scheduled_at_us)) {
        day_span_format(quiet, hours);
        if (!arena_dup(r->arena, str_from_c(hours), &arg)) arg = STR("");
        fields_fail(r->f, "scheduled_at", &time_quiet, arg);
    }
}

/* The times of a series follow from the one that was given last. */
static void read_repeat(struct reader *r) {
    static const char *const words[] = { "daily", "weekly", "monthly", NULL };
    struct broadcast *b = r->b;
    int word;
    bool says = fields_has(r->f, "repeat");

    if (says) b->repeat = REPEAT_NONE;
    if (fields_word(r->f, "repeat", FIELD_OPTIONAL, words, &word)) b->repeat = (enum repeat)(word + 1);
    if (fields_has(r->f, "repeat_until") || (says && b->repeat == REPEAT_NONE)) b->repeat_until_us = 0;
    if (fields_has(r->f, "repeat_count") || (says && b->repeat == REPEAT_NONE)) b->repeat_count = 0;
    read_time(r, "repeat_until", &b->repeat_until_us);
    fields_i64(r->f, "repeat_count", FIELD_OPTIONAL, 1, BROADCAST_RUNS_MAX, &b->repeat_count);
    if (says || fields_has(r->f, "scheduled_at")) b->repeat_from_us = b->repeat ? b->scheduled_at_us : 0;
    if (b->repeat == REPEAT_NONE) {
        if (b->repeat_until_us) fields_fail(r->f, "repeat_until", &repeat_missing, STR(""));
        if (b->repeat_count) fields_fail(r->f, "repeat_count", &repeat_missing, STR(""));
        return;
    }
    if (!b->scheduled_at_us) fields_fail(r->f, "repeat", &repeat_without_time, STR(""));
    if (b->repeat_until_us && b->repeat_until_us < b->scheduled_at_us)
        fields_fail(r->f, "repeat_until", &repeat_ends_before, STR(""));
    if (b->repeat_count && b->repeat_count <= b->runs)
        fields_fail(r->f, "repeat_count", &repeat_ends_before, STR(""));
}

static void read_times(struct reader *r) {
    bool says = fields_has(r->f, "scheduled_at");
    read_quiet(r);
    if (says) r->b->scheduled_at_us = 0; /* null: when somebody says so */
    says = read_time(r, "scheduled_at", &r->b->scheduled_at_us);
    if (says || (fields_has(r->f, "quiet_hours") && r->b->scheduled_at_us)) check_time(r);
    read_repeat(r);
    if (fields_has(r->f, "rate_per_hour")) r->b->rate_per_hour = 0;
    fields_i64(r->f, "rate_per_hour", FIELD_OPTIONAL, 1, BROADCAST_RATE_MAX, &r->b->rate_per_hour);
}

enum status broadcast_edit_read(struct arena *arena, const struct broadcasts *room, struct fields *f,
                                enum broadcast_edit_mode mode, int64_t now_us, struct broadcast *b,
                                struct err *e) {
    struct reader r = { arena, room, f, b, now_us };
    enum field_need need = mode == BROADCAST_CREATE ? FIELD_REQUIRED : FIELD_OPTIONAL;

    (void)e;
    if (fields_str(f, "title", need, BROADCAST_TITLE_CHARS_MAX, &b->title) && !b->title.n)
        fields_fail(f, "title", &field_blank, STR(""));
    if (fields_str(f, "category", FIELD_OPTIONAL, BROADCAST_CATEGORY_CHARS_MAX, &b->category) &&
        !is_word(b->category))
        fields_fail(f, "category", &category_invalid, STR(""));
    read_content(&r, need);
    read_variants(&r);
    read_template(&r);
    read_target(&r, mode == BROADCAST_CREATE);
    read_times(&r);
    return OK;
}

static const struct broadcast blank = { .title = { "", 0 },
                                        .content = { "", 0 },
                                        .category = { "general", 7 },
                                        .variants = { "{}", 2 },
                                        .template_sid = { "", 0 },
                                        .template_purpose = { "", 0 },
                                        .template_variables = { "{}", 2 },
                                        .target = { "{}", 2 },
                                        .quiet_hours = { "", 0 },
                                        .waits_for = { "", 0 },
                                        .error_code = { "", 0 } };

enum status broadcast_read_new(struct arena *arena, const struct broadcasts *room, struct str body,
                               int64_t now_us, struct broadcast *b, struct err *e) {
    struct fields *f;
    enum status s = fields_parse(arena, body, &f, e);

    *b = blank;
    if (s == OK) s = broadcast_edit_read(arena, room, f, BROADCAST_CREATE, now_us, b, e);
    return s == OK ? fields_done(f) : s;
}

enum status broadcast_read_unsaved(struct arena *arena, const struct broadcasts *room, struct str body,
                                   int64_t now_us, struct broadcast *b, struct err *e) {
    struct fields *f;
    enum status s = fields_parse(arena, body, &f, e);

    *b = blank;
    if (s == OK) s = broadcast_edit_read(arena, room, f, BROADCAST_PATCH, now_us, b, e);
    return s == OK ? fields_done(f) : s;
}
