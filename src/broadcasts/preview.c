#include "broadcasts/preview.h"

#include "broadcasts/recipient.h"
#include "messaging/contact.h"
#include "messaging/template.h"

static const struct message nobody_to_show = {
    "broadcast_nobody", "Personne ne recevrait cette diffusion : dites pour quel patient (« ?patient= »).",
    "Nobody would get this broadcast: say for which patient (\"?patient=\")."
};
struct broadcast_price broadcast_price_of(const struct broadcast_prices *prices, struct str category) {
    const struct price none = { .known = true };
    const struct price *fee = !category.n                          ? &none
                              : str_eq(category, STR("MARKETING")) ? &prices->marketing
                                                                   : &prices->utility;
    return (struct broadcast_price) { prices->message.known && fee->known,
                                      prices->message.micro_usd + fee->micro_usd };
}

struct looking {
    const struct broadcasts *room;
    struct db *db;
    struct arena *arena;
    const struct broadcast *b;
    struct target target;
    int64_t now_us;
};

static struct target_needs needs_of(const struct looking *l) {
    return broadcast_target_needs(l->room, l->b, &l->target, l->now_us);
}

static enum status find_somebody(const struct looking *l, int64_t *patient_id, struct err *e) {
    const struct target_needs needs = needs_of(l);
    enum status s = target_first(l->db, l->arena, &needs, patient_id, e);
    return s == E_NOT_FOUND ? fail(e, E_CONFLICT, &nobody_to_show, "nobody to show it for") : s;
}

/* The list of one person says what becomes of that one. */
static enum status look_why(const struct looking *l, int64_t patient_id, const char **left_out,
                            struct err *e) {
    struct target_needs needs = needs_of(l);
    struct target_count c;

    needs.from_id = patient_id - 1;
    needs.to_id = patient_id;
    enum status s = target_count(l->db, l->arena, &needs, &c, e);
    if (s != OK) return s;
    *left_out = !c.matching ? "not_targeted" : c.left_out_count ? c.left_out[0].reason : NULL;
    return OK;
}

/* Only where the carrier asks for it, and the person has not written for a day. */
static enum status window_is_closed(const struct looking *l, int64_t patient_id, bool *closed,
                                    struct err *e) {
    struct contact contact;
    struct patient p;
    enum status s;

    *closed = false;
    if (!l->room->messaging->channel->has_window) return OK;
    if ((s = patient_get(l->db, l->arena, patient_id, &p, e)) != OK) return s;
    if ((s = contact_get(l->db, l->arena, p.phone, &contact, e)) != OK) return s;
    *closed = !contact_window_is_open(&contact, l->now_us);
    return OK;
}

/* In the language that the outbox would choose. Without an approved one there is nothing to show. */
static enum status look_template(const struct looking *l, struct broadcast_preview *p, struct str *category,
                                 struct err *e) {
    struct template named, t;
    struct str list;
    struct err local = { 0 };
    enum status s = template_get_by_name(l->db, l->arena, l->b->template_sid, &named, &local);

    if (s == OK) s = template_approved(l->db, l->arena, named.purpose, p->patient_id, &t, &local);
    if (s == OK) s = template_fill(l->arena, &t, p->words.values, &list, &p->template_text, &local);
    if (s == OK) *category = t.category;
    if (s == OK || s == E_NOT_FOUND || s == E_INVALID) return OK;
    return fail(e, s, local.message, "%s", local.detail);
}

static const struct content_values field_marks = { { [CONTENT_FIRST_NAME] = { "{{prenom}}", 10 },
                                                     [CONTENT_LAST_NAME] = { "{{nom}}", 7 },
                                                     [CONTENT_DOCTOR] = { "{{medecin}}", 11 } } };

/* What the record lacks stands in the text as it was written, so that one sees where. */
static enum status look_words(const struct looking *l, struct broadcast_preview *p, struct err *e) {
    const unsigned needed = broadcast_needs(l->b);
    struct content_values values;
    enum lang language;
    enum status s = recipient_values(l->db, l->arena, p->patient_id, &values, &language, e);

    if (s != OK) return s;
    for (int i = 0; i < CONTENT_FIELD_COUNT; i++) {
        if (!(needed >> i & 1) || str_trim(values.of[i]).n) continue;
        p->missing |= 1u << i;
        values.of[i] = field_marks.of[i];
    }
    return broadcast_words_for(l->arena, l->b, language, &values, &p->words, e);
}

enum status broadcast_preview_for(const struct broadcasts *room, struct db *db, struct arena *arena,
                                  const struct broadcast *b, int64_t patient_id, int64_t now_us,
                                  struct broadcast_preview *out, struct err *e) {
    struct looking l = { .room = room, .db = db, .arena = arena, .b = b, .now_us = now_us };
    struct str category = STR("");
    bool closed;
    enum status s = target_parse(arena, b->target, &l.target, e);

    *out = (struct broadcast_preview) { .patient_id = patient_id, .template_text = STR("") };
    if (s == OK && !patient_id) s = find_somebody(&l, &out->patient_id, e);
    if (s == OK) s = look_words(&l, out, e);
    if (s == OK) s = look_why(&l, out->patient_id, &out->left_out, e);
    if (s == OK) s = window_is_closed(&l, out->patient_id, &closed, e);
    if (s != OK) return s;
    out->as_template = closed && b->template_sid.n;
    if (out->as_template && (s = look_template(&l, out, &category, e)) != OK) return s;
    out->price = broadcast_price_of(&room->prices, category);
    return OK;
}
