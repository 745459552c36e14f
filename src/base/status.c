#include "base/status.h"

#ifdef __clang_analyzer__ /* here are the functions themselves */
#undef fail
#undef fail_errno
#undef fail_field
#endif

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

static const char *const names[STATUS_COUNT] = {
    [OK] = "OK",
    [E_INVALID] = "E_INVALID",
    [E_DENIED] = "E_DENIED",
    [E_NOT_FOUND] = "E_NOT_FOUND",
    [E_CONFLICT] = "E_CONFLICT",
    [E_LIMIT] = "E_LIMIT",
    [E_RETRY] = "E_RETRY",
    [E_UNCERTAIN] = "E_UNCERTAIN",
    [E_INTERNAL] = "E_INTERNAL",
};

static const struct message general[STATUS_COUNT] = {
    [OK] = { "ok", "C’est fait.", "Done." },
    [E_INVALID] = { "invalid", "La demande n’est pas valide.", "The request is not valid." },
    [E_DENIED] = { "permission_denied", "Vous n’avez pas le droit de faire cela.",
                   "You do not have permission to do this." },
    [E_NOT_FOUND] = { "not_found", "Introuvable.", "Not found." },
    [E_CONFLICT] = { "conflict", "L’état actuel ne permet pas cette opération.",
                     "The current state does not allow this." },
    [E_LIMIT] = { "limit", "Une limite est atteinte.", "A limit was reached." },
    [E_RETRY] = { "unavailable",
                  "Le service est momentanément indisponible. Réessayez dans quelques instants.",
                  "The service is unavailable for the moment. Try again shortly." },
    [E_UNCERTAIN] = { "uncertain", "On ne sait pas encore si l’opération a abouti.",
                      "It is not known yet whether the operation succeeded." },
    [E_INTERNAL] = { "error", "Une erreur interne est survenue. Elle a été enregistrée.",
                     "An internal error occurred. It was recorded." },
};

/* The length of the longest prefix of at most `max` bytes that does not cut a UTF-8 character. */
static size_t whole_characters(struct str s, size_t max) {
    if (s.n <= max) return s.n;
    while (max > 0 && ((unsigned char)s.p[max] & 0xC0) == 0x80) max--;
    return max;
}

static void copy_text(struct str in, char *out, size_t out_bytes) {
    size_t n = whole_characters(in, out_bytes - 1);
    if (n) memcpy(out, in.p, n);
    out[n] = '\0';
}

/* True when nothing was recorded yet: only the first reason is kept. */
static bool is_empty(const struct err *e) {
    return !e->message && e->detail[0] == '\0' && e->field_count == 0;
}

PRINTF(4, 0)
static void record(struct err *e, const struct message *m, int sys, const char *detail, va_list args) {
    if (!e || !is_empty(e)) return;
    e->message = m;
    e->sys = sys;
    vsnprintf(e->detail, sizeof e->detail, detail, args);
}

enum status fail(struct err *e, enum status s, const struct message *m, const char *detail, ...) {
    va_list args;
    va_start(args, detail);
    record(e, m, 0, detail, args);
    va_end(args);
    return s;
}

enum status fail_errno(struct err *e, enum status s, const struct message *m, const char *detail, ...) {
    int sys = errno;
    va_list args;
    va_start(args, detail);
    record(e, m, sys, detail, args);
    va_end(args);
    return s;
}

void err_arg(struct err *e, struct str arg) {
    if (e && e->arg[0] == '\0') copy_text(arg, e->arg, sizeof e->arg);
}

enum status fail_field(struct err *e, struct str field, const struct message *m, struct str arg) {
    if (!e || e->field_count == ERR_FIELDS_MAX) return E_INVALID;
    if (e->field_count == 0 && !is_empty(e)) return E_INVALID;
    struct field_error *f = &e->fields[e->field_count++];
    f->field = field;
    f->message = m;
    copy_text(arg, f->arg, sizeof f->arg);
    return E_INVALID;
}

/* Wolof words exist only where a room keeps them itself: a message falls back to French. */
size_t message_text(const struct message *m, enum lang lang, struct str arg, char *out, size_t out_bytes) {
    const char *words = lang == LANG_EN ? m->en : m->fr;
    if (!words) words = m->en ? m->en : m->code;
    if (out_bytes == 0) return 0;

    struct str text = str_from_c(words);
    struct str parts[3] = { text, { "", 0 }, { "", 0 } };
    size_t at = str_find(text, STR("{}"));
    if (at < text.n) {
        parts[0] = str_sub(text, 0, at);
        parts[1] = arg;
        parts[2] = str_sub(text, at + 2, text.n);
    }

    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        size_t take = whole_characters(parts[i], out_bytes - 1 - n);
        if (take) memcpy(out + n, parts[i].p, take);
        n += take;
        if (take < parts[i].n) break;
    }
    out[n] = '\0';
    return n;
}

const struct message *status_message(enum status s) {
    return &general[(unsigned)s < STATUS_COUNT ? s : E_INTERNAL];
}

const char *status_name(enum status s) {
    return (unsigned)s < STATUS_COUNT ? names[s] : "E_UNKNOWN";
}
