#include "messaging/outbox_sms.h"

#include "base/buf.h"
#include "messaging/template.h"
#include "messaging/texts.h"

bool outbox_sms_may_carry(enum message_kind kind) {
    switch (kind) {
    case MESSAGE_ACTIVATION:
    case MESSAGE_NOTICE:
    case MESSAGE_ALERT:
    case MESSAGE_BULK: return true;
    case MESSAGE_TEXT:
    case MESSAGE_REPLY:
    case MESSAGE_KIND_COUNT: break;
    }
    return false;
}

static bool is_letter(struct str s, size_t at) {
    return at < s.n && strchr(" \n\t.,;:!?()*_~", s.p[at]) == NULL;
}

/* *bold*, _italic_, ~struck~: a mark at the edge of a word. One between spaces or inside a word ("3 * 2", "a_b") is none. */
static bool is_mark(struct str s, size_t at) {
    if (!strchr("*_~", s.p[at])) return false;
    return is_letter(s, at + 1) != (at > 0 && is_letter(s, at - 1));
}

static bool without_marks(struct arena *arena, struct str body, struct str *out) {
    struct buf text;
    buf_init(&text, body.n + 1);
    for (size_t i = 0; i < body.n; i++)
        if (!is_mark(body, i)) buf_add_char(&text, body.p[i]);
    bool ok = buf_ok(&text) && arena_dup(arena, buf_str(&text), out);
    buf_done(&text);
    return ok;
}

bool outbox_sms_text(struct arena *arena, const struct message_row *m, enum lang lang, struct str *out) {
    struct text_values values = { STR(""), STR(""), STR(""), STR("") };
    if (m->kind != MESSAGE_ACTIVATION || m->template_variables.n == 0)
        return without_marks(arena, m->body, out);
    return template_value_of(arena, m->template_variables, "name", &values.name) &&
           template_value_of(arena, m->template_variables, "link", &values.link) &&
           template_value_of(arena, m->template_variables, "emergency", &values.emergency) &&
           text_write(arena, TEXT_ACTIVATION_SMS, lang, &values, out);
}
