#include "documents/fact_correction.h"

#include "base/buf.h"
#include "base/json_out.h"
#include "base/utf8.h"
#include "http/fields.h"

#include <stddef.h>

static const char *const deed_names[FACT_DEED_COUNT] = {
    [FACT_CHANGE] = "change", [FACT_REMOVE] = "remove", [FACT_ADD] = "add"
};

const char *fact_deed_name(enum fact_deed deed) {
    return deed_names[deed];
}

#define FIELD(name)                                                                                          \
    { #name, offsetof(struct fact, name) }
const struct fact_field fact_fields[] = {
    FIELD(strength), FIELD(form),        FIELD(dose),  FIELD(route), FIELD(frequency), FIELD(duration),
    FIELD(renewals), FIELD(instruction), FIELD(value), FIELD(unit),  FIELD(reference), FIELD(flag),
    FIELD(specimen), FIELD(lot),         FIELD(due),   FIELD(day),   { NULL, 0 }
};
#undef FIELD

enum { SAID_FIELD_MAX = 4000 };

void fact_said_write(struct buf *out, const struct fact *fact) {
    struct json_out o = json_out_to(out);
    struct fact f = *fact;

    json_put_object(&o);
    json_field_str(&o, "name", f.name);
    json_field_str(&o, "quote", f.quote);
    for (const struct fact_field *field = fact_fields; field->name; field++)
        if (fact_field_of(&f, field)->n) json_field_str(&o, field->name, *fact_field_of(&f, field));
    json_put_object_end(&o);
}

enum status fact_said_read(struct arena *arena, struct str json, struct fact *f, struct err *e) {
    struct fields *fields;
    enum status s = fields_parse(arena, json, &fields, e);

    if (s != OK) return s;
    fields_str(fields, "name", FIELD_REQUIRED, SAID_FIELD_MAX, &f->name);
    fields_str(fields, "quote", FIELD_REQUIRED, SAID_FIELD_MAX, &f->quote);
    for (const struct fact_field *field = fact_fields; field->name; field++)
        fields_str(fields, field->name, FIELD_OPTIONAL, SAID_FIELD_MAX, fact_field_of(f, field));
    return fields_done(fields);
}

static int64_t area(struct box b) {
    return (int64_t)b.w * b.h;
}

static int32_t overlap(int32_t a, int32_t a_size, int32_t b, int32_t b_size) {
    int32_t from = a > b ? a : b, to = a + a_size < b + b_size ? a + a_size : b + b_size;
    return to > from ? to - from : 0;
}

/* Half of either lies in the other. */
static bool same_place(struct box a, struct box b) {
    int64_t common = (int64_t)overlap(a.x, a.w, b.x, b.w) * overlap(a.y, a.h, b.y, b.h);
    return common > 0 && 2 * common >= area(a) && 2 * common >= area(b);
}

/* By its words, those of the page that was corrected with it, else by its place; the number of facts when it is not among them. */
static size_t find_fact(const struct fact_correction *c, struct str said_name,
                        const struct document_reading *r) {
    size_t at_place = r->fact_count;

    for (size_t i = 0; i < r->fact_count; i++) {
        const struct fact *f = &r->facts[i];
        if (f->page != c->fact.page || f->type != c->fact.type) continue;
        bool same_day = str_eq(f->day, c->fact.day); /* one row holds values of several */
        if (same_day && str_eq(f->quote, c->was_quote) && str_eq(f->name_folded, c->was_name)) return i;
        if (same_day && str_eq(f->quote, c->fact.quote) && str_eq(f->name_folded, said_name)) return i;
        if (at_place == r->fact_count && same_place(f->box, c->fact.box)) at_place = i;
    }
    return at_place;
}

static bool add_fact(struct arena *arena, const struct fact *f, struct document_reading *r) {
    struct fact *facts = arena_array(arena, r->fact_count + 1, sizeof *facts);

    if (!facts) return false;
    if (r->fact_count) memcpy(facts, r->facts, r->fact_count * sizeof *facts);
    facts[r->fact_count++] = *f;
    r->facts = facts;
    return true;
}

bool fact_correction_apply(struct arena *arena, const struct fact_correction *c, struct document_reading *r) {
    struct fact said = c->fact;
    if (!utf8_fold(arena, said.name, &said.name_folded)) return false;
    size_t at = c->deed == FACT_ADD ? r->fact_count : find_fact(c, said.name_folded, r);
    bool found = at < r->fact_count;

    if (c->deed == FACT_REMOVE) {
        if (found) memmove(&r->facts[at], &r->facts[at + 1], (--r->fact_count - at) * sizeof *r->facts);
        return true;
    }
    said.correction_id = c->id;
    said.confidence = 100;
    if (!found) return add_fact(arena, &said, r);
    said.box = r->facts[at].box;
    r->facts[at] = said;
    return true;
}

/* Takes the next line off rest. */
static struct str next_line(struct str *rest) {
    size_t n = str_find_char(*rest, '\n');
    struct str line = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->n);
    return line;
}

/* A page of CORRECTION_MAX_CHARS with a longer quote in it. */
enum { TEXT_MAX_BYTES = 512 * 1024 };

bool fact_quote_replace(struct arena *arena, struct str text, struct str was, struct str now,
                        struct str *out) {
    struct str old = next_line(&was), rest = text;
    bool all = false, done = false;
    struct buf made;

    buf_init(&made, TEXT_MAX_BYTES);
    while (rest.n > 0) {
        struct str line = next_line(&rest);
        size_t at = all ? line.n : str_find(line, old);
        if (made.n > 0) buf_add_char(&made, '\n');
        if (all || at == line.n) {
            buf_add(&made, line);
            continue;
        }
        /* The last line of what was there takes all that is left of what comes. */
        all = was.n == 0;
        struct str new = all ? now : next_line(&now);
        buf_add(&made, str_sub(line, 0, at));
        buf_add(&made, new);
        buf_add(&made, str_sub(line, at + old.n, line.n));
        if (!all) old = next_line(&was);
    }
    done = all && buf_ok(&made) && arena_dup(arena, buf_str(&made), out);
    buf_done(&made);
    return done;
}
