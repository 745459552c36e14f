#include "http/reply.h"

static const struct message not_authenticated = { "not_authenticated",
                                                  "Vous devez vous identifier pour continuer.",
                                                  "You must sign in to continue." };

int reply_http_of(enum status s, const struct err *e, bool known) {
    switch (s) {
    case OK: return 200;
    case E_INVALID: return 400;
    case E_DENIED: return known ? 403 : 401;
    case E_NOT_FOUND: return 404;
    case E_CONFLICT: return 409;
    case E_LIMIT: return e && e->retry_after_s > 0 ? 429 : 413;
    case E_RETRY:
    case E_UNCERTAIN: return 503;
    case E_INTERNAL:
    case STATUS_COUNT: break;
    }
    return 500;
}

static void write_message(struct json_out *out, const struct message *m, const char *arg, enum lang lang) {
    char text[512];
    size_t n = message_text(m, lang, str_from_c(arg), text, sizeof text);
    json_put_str(out, (struct str) { text, n });
}

/* Does an earlier field error carry the same name? Then its list has this one already. */
static bool named_before(const struct err *e, size_t i) {
    for (size_t j = 0; j < i; j++) {
        if (str_eq(e->fields[j].field, e->fields[i].field)) return true;
    }
    return false;
}

/* Keys of JSON that come from outside (unknown fields of a body) are escaped as strings are. */
static void write_fields(struct buf *buf, const struct err *e, enum lang lang) {
    bool first = true;
    buf_add_char(buf, '{');
    for (size_t i = 0; i < e->field_count; i++) {
        if (named_before(e, i)) continue;
        if (!first) buf_add_char(buf, ',');
        first = false;
        struct json_out key = json_out_to(buf);
        json_put_str(&key, e->fields[i].field);
        buf_add_char(buf, ':');
        struct json_out list = json_out_to(buf);
        json_put_array(&list);
        for (size_t j = i; j < e->field_count; j++) {
            if (str_eq(e->fields[j].field, e->fields[i].field))
                write_message(&list, e->fields[j].message, e->fields[j].arg, lang);
        }
        json_put_array_end(&list);
    }
    buf_add_char(buf, '}');
}

/* The words of an internal error are for the log; people get the general ones. */
static const struct message *words_of(enum status s, const struct err *e, bool known) {
    if (e && e->message && s != E_INTERNAL) return e->message;
    return s == E_DENIED && !known ? &not_authenticated : status_message(s);
}

void reply_write_error(struct buf *buf, enum status s, const struct err *e, bool known, enum lang lang) {
    if (s == E_INVALID && e && e->field_count > 0) {
        write_fields(buf, e, lang);
        return;
    }
    const struct message *m = words_of(s, e, known);
    struct json_out out = json_out_to(buf);
    json_put_object(&out);
    json_put_key(&out, "detail");
    write_message(&out, m, e ? e->arg : "", lang);
    json_field_str(&out, "code", str_from_c(m->code));
    json_put_object_end(&out);
}
