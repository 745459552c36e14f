#include "understanding/understand.h"

#include "understanding/relatives.h"

struct reading {
    struct text_reader *reader;
    struct arena *arena;
    const struct record *record;
    const struct to_understand *asked;
    struct understood *out;
    struct err *err;
};

/* The words of the conversation's subject stand for "ça", "ce médicament" and for what is left out. */
static enum status take_subject_of_context(const struct reading *r) {
    struct tokens named;
    struct subject of_context, *subject = &r->out->subject;
    enum status s =
        text_tokens(r->reader, r->arena, r->asked->before->subject, TEXT_DOCUMENT, &named, r->err);
    if (s == OK) s = subject_read(r->arena, r->record, &named, &of_context, r->err);
    if (s != OK) return s;
    subject->names_drug = of_context.names_drug;
    subject->names_lab = of_context.names_lab;
    subject->fact = of_context.fact;
    subject->fact_count = of_context.fact_count;
    subject->missing_drug = of_context.missing_drug;
    subject->missing_lab = of_context.missing_lab;
    subject->kin_drug = of_context.kin_drug;
    return OK;
}

/* Thanks and greetings do not end a subject, nor does what was not understood. */
static bool keeps_context(const struct understood *u) {
    enum intent i = u->reading.intent;
    return i == INTENT_THANKS || i == INTENT_GREETING || (i == INTENT_NONE && u->context.subject.n == 0);
}

static enum status remember(const struct reading *r) {
    struct understood *u = r->out;
    struct intent_context *c = &u->context;
    *c = (struct intent_context) { .intent = u->reading.intent, .subject = STR("") };
    if (u->reading.subject_from_context) c->subject = r->asked->before->subject;
    for (size_t i = 0; i < u->tokens.count; i++) {
        if (!u->subject.drug[i] && !u->subject.lab[i]) continue;
        if (!arena_printf(r->arena, &c->subject, "%.*s%s%.*s", STR_ARG(c->subject), c->subject.n ? " " : "",
                          STR_ARG(u->tokens.items[i].folded)))
            return fail(r->err, E_LIMIT, NULL, "no memory for a question");
    }
    if (keeps_context(u) && r->asked->before) *c = *r->asked->before;
    return OK;
}

enum status understand(const struct intent_book *book, struct text_reader *reader, struct arena *arena,
                       const struct record *record, const struct to_understand *asked, struct understood *out,
                       struct err *err) {
    struct reading r = { reader, arena, record, asked, out, err };
    *out = (struct understood) { 0 };
    enum status s = text_tokens(reader, arena, asked->text, TEXT_QUESTION, &out->tokens, err);
    if (s == OK) s = subject_read(arena, record, &out->tokens, &out->subject, err);
    if (s == OK) relatives_mark_patient(record, asked->today, &out->tokens, out->subject.own);
    if (s == OK) s = when_read(arena, &out->tokens, asked->today, &out->when, err);
    if (s == OK)
        s = intent_read(book, arena, &out->tokens, &out->subject, &out->when, asked->before, &out->reading,
                        err);
    if (s == OK) s = remember(&r);
    if (s == OK && out->reading.subject_from_context) s = take_subject_of_context(&r);
    return s;
}
