#include "rag/answer.h"

#include "rag/draft.h"
#include "language/lang.h"
#include "understanding/question.h"
#include "understanding/question_core.h"

/* What every question of several may take, however much the others do. */
enum { PART_BYTES_MIN = 400 };

enum status answer_books_new(struct arena *arena, struct answer_books *out, struct err *err) {
    enum status s = triage_book_new(arena, &out->triage, err);
    if (s == OK) s = intent_book_new(arena, &out->intents, err);
    if (s == OK) s = advice_book_new(arena, &out->advice, err);
    if (s == OK) s = demand_book_new(arena, &out->demands, err);
    if (s == OK) s = measure_book_new(arena, &out->measures, err);
    if (s == OK) s = notice_book_new(arena, &out->notices, err);
    if (s == OK) s = rule_book_new(arena, &out->rules, err);
    if (s == OK) s = injection_book_new(arena, &out->injection, err);
    return s == OK ? expander_new(arena, &out->expander, err) : s;
}

/* What every step of one question needs. */
struct work {
    const struct answer_books *books;
    struct arena *arena;
    struct asked core; /* the question without what is said around it */
    struct text_reader *reader;
    struct tokens tokens; /* of it */
    const struct record *record;
    struct questions questions;
    struct rag_answer *out;
    struct err *err;
};

static enum status begin(struct work *w, const struct asked *question, enum lang of_patient) {
    w->core = *question;
    *w->out = (struct rag_answer) { .text = STR(""), .language = of_patient, .engine = "local" };
    enum status s = text_reader_open(w->arena, &w->reader, w->err);
    /* "Bonjour docteur" before a question in Wolof is no French, and "merci de répondre vite" no danger. */
    if (s == OK)
        s = question_core(w->books->intents, w->reader, w->arena, question->text, &w->core.text, w->err);
    if (s == OK) s = text_tokens(w->reader, w->arena, w->core.text, TEXT_QUESTION, &w->tokens, w->err);
    if (s == OK) w->out->language = lang_read(&w->tokens, of_patient);
    return s;
}

/* The words of a phrase in the arena; {} becomes the argument. */
static enum status put_words(struct work *w, enum phrase_id id, struct str argument, struct str *out) {
    struct str words = str_from_c(say(id, w->out->language));
    size_t at = str_find(words, STR("{}"));
    if (!arena_printf(w->arena, out, "%.*s%.*s%.*s", STR_ARG(str_sub(words, 0, at)),
                      STR_ARG(at < words.n ? argument : STR("")), STR_ARG(str_sub(words, at + 2, words.n))))
        return fail(w->err, E_LIMIT, NULL, "no memory for an answer");
    return OK;
}

static enum status check_danger(struct work *w, bool *found) {
    int64_t start_us = clock_monotonic_us();
    struct triage_reading said = { 0 };
    enum status s = triage_read(w->books->triage, w->arena, &w->tokens, &said, w->err);
    w->out->triage_us = clock_monotonic_us() - start_us;
    w->out->danger = said.danger;
    *found = s == OK && said.danger != DANGER_NONE;
    if (s == OK && said.supposed)
        s = put_words(w, SAY_DANGER_SUPPOSED, w->core.emergency_number, &w->out->caution);
    if (!*found) return s;
    w->out->escalated = true;
    w->out->tell = TELL_DANGER;
    enum phrase_id words = w->out->danger == DANGER_SUICIDE ? SAY_DANGER_SUICIDE : SAY_DANGER;
    return put_words(w, words, w->core.emergency_number, &w->out->text);
}

enum status answer_danger(const struct answer_books *books, struct arena *arena, const struct asked *question,
                          enum lang of_patient, struct rag_answer *out, bool *found, struct err *err) {
    struct work w = { .books = books, .arena = arena, .out = out, .err = err };
    *found = false;
    enum status s = begin(&w, question, of_patient);
    return s == OK ? check_danger(&w, found) : s;
}

/* What is answered by a sentence of ours, without a look into the record; SAY_COUNT: nothing of that kind. */
static enum phrase_id fixed_words(enum intent intent) {
    switch (intent) {
    case INTENT_OTHER_PERSON: return SAY_OTHER_PERSON;
    case INTENT_OUT_OF_SCOPE: return SAY_OUT_OF_SCOPE;
    case INTENT_DOCTOR: return SAY_DOCTOR;
    case INTENT_HELP: return SAY_HELP;
    case INTENT_THANKS: return SAY_THANKS;
    case INTENT_GREETING: return SAY_GREETING;
    case INTENT_STOP: return SAY_STOP;
    case INTENT_NONE:
    case INTENT_ADVICE:
    case INTENT_APPOINTMENTS:
    case INTENT_ALLERGIES:
    case INTENT_VACCINES:
    case INTENT_LAB_HISTORY:
    case INTENT_LAB_VALUE:
    case INTENT_PRESCRIBER:
    case INTENT_INSTRUCTIONS:
    case INTENT_DOSAGE:
    case INTENT_CURRENT_MEDICATION:
    case INTENT_LAST_PRESCRIPTION:
    case INTENT_DIAGNOSES:
    case INTENT_DOCUMENTS:
    case INTENT_COUNT: break;
    }
    return SAY_COUNT;
}

/* One question of the message, and what is said to it. */
struct part {
    struct understood u;
    struct rag_answer answer;
    bool names_another;
};

/* What is searched for although it seems to be no question to the record: no cue says so, and something may be named that this holds. */
static bool may_be_of_record(const struct intent_reading *r) {
    bool polite = r->intent == INTENT_GREETING || r->intent == INTENT_THANKS;
    if (!r->likely || polite) return false;
    return r->intent == INTENT_OUT_OF_SCOPE || r->has_other || r->names_disease;
}

static enum status say_fixed(struct work *w, struct part *p, enum phrase_id words) {
    if (p->u.reading.intent == INTENT_DOCTOR) p->answer.tell = TELL_WANTED;
    p->answer.text = str_from_c(say(words, w->out->language));
    return OK;
}

static enum status keep_text(struct draft *d) {
    struct rag_answer *out = d->out;
    bool near = false;
    if (d->text->n == 0) {
        enum status s = compose_near(d);
        if (s != OK) return s;
        near = d->text->n > 0;
        if (!near) draft_refuse(d);
    }
    out->grounded = out->source_count > 0 && !near;
    if (out->grounded && d->is_cut) draft_add(d, STR("\n…"));
    if (!buf_ok(d->text) || !arena_dup(d->arena, buf_str(d->text), &out->text))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    return OK;
}

static enum status new_draft(struct work *w, struct rag_answer *out, struct draft **draft) {
    /* In the arena, because its buffer is freed with the arena: not on this stack, which is gone by then. */
    struct draft *d = *draft = arena_alloc(w->arena, sizeof *d);
    if (!d) return fail(w->err, E_LIMIT, NULL, "no memory for an answer");
    *d = (struct draft) { .arena = w->arena,
                          .record = w->record,
                          .books = w->books,
                          .reader = w->reader,
                          .room = ANSWER_BYTES_MAX,
                          .out = out,
                          .err = w->err };
    return draft_open(d);
}

/* From the record unless it is about somebody else, else from what the clinic says to everybody. */
static enum status compose(struct work *w, const struct asked *question, size_t room, struct part *p) {
    int64_t start_us = clock_monotonic_us();
    struct draft *d;
    enum status s = new_draft(w, &p->answer, &d);
    if (s != OK) return s;
    d->question = question;
    d->tokens = &p->u.tokens;
    d->subject = &p->u.subject;
    d->when = &p->u.when;
    d->reading = &p->u.reading;
    d->specimen = specimen_asked(&p->u.tokens);
    d->room = room;
    d->is_one_of_several = w->questions.count > 1;
    if (p->answer.intent != INTENT_OTHER_PERSON) s = compose_answer(d);
    if (s == OK && d->text->n) s = compose_allergy_beside(d);
    if (s == OK && d->text->n == 0) s = compose_advice(d);
    p->names_another = d->names_another;
    if (s == OK) s = keep_text(d);
    p->answer.compose_us = clock_monotonic_us() - start_us - p->answer.retrieve_us;
    return s;
}

static enum status understand_part(struct work *w, const struct asked *question, struct part *p) {
    int64_t start_us = clock_monotonic_us();
    const struct to_understand asked = { .text = question->text,
                                         .today = question->today,
                                         .before = question->has_context ? &question->context : NULL };
    enum status s = understand(w->books->intents, w->reader, w->arena, w->record, &asked, &p->u, w->err);
    p->answer.intent = p->u.reading.intent;
    p->answer.names_more = p->u.reading.has_other || p->u.reading.names_disease;
    p->answer.context = p->u.context;
    w->out->understand_us += clock_monotonic_us() - start_us;
    return s;
}

static enum status answer_part(struct work *w, const struct asked *question, size_t room, struct part *p) {
    p->answer = (struct rag_answer) { .text = STR(""), .language = w->out->language };
    enum status s = understand_part(w, question, p);
    if (s != OK) return s;
    enum phrase_id fixed = p->u.tokens.count ? fixed_words(p->answer.intent) : SAY_HELP;
    bool of_record = fixed == SAY_COUNT || may_be_of_record(&p->u.reading);
    bool of_other = fixed == SAY_OTHER_PERSON && !of_record;
    if (!of_record && !of_other) return say_fixed(w, p, fixed);
    if (fixed != SAY_COUNT && of_record) p->answer.intent = INTENT_NONE;
    s = compose(w, question, room, p);
    if (s != OK || !p->answer.refused || !(fixed == SAY_HELP || of_other)) return s;
    p->answer.intent = p->u.reading.intent;
    p->answer.refused = false;
    p->answer.tell = TELL_NOTHING;
    return say_fixed(w, p, fixed);
}

/* What the parts say is the answer's: the first one's intent, the last one's context. */
static void take_outcome(struct rag_answer *out, const struct part *p, bool first) {
    const struct rag_answer *a = &p->answer;
    if (first) {
        out->intent = a->intent;
        out->weighed_count = a->weighed_count;
        memcpy(out->weighed, a->weighed, sizeof out->weighed);
    }
    if (a->context.intent != INTENT_NONE || first) out->context = a->context;
    if (a->tell > out->tell) out->tell = a->tell;
    out->grounded |= a->grounded;
    out->refused |= a->refused;
    out->searched |= a->searched;
    out->names_more |= a->names_more;
    out->retrieve_us += a->retrieve_us;
    out->compose_us += a->compose_us;
}

static bool is_same_place(const struct rag_source *a, const struct rag_source *b) {
    return a->document_id == b->document_id && a->page == b->page && a->collection == b->collection &&
           str_eq(a->quote, b->quote);
}

/* Each place once, with all of its days that are told, as many as there is room for. */
static void take_sources(struct rag_answer *out, const struct rag_answer *of_part) {
    for (size_t i = 0; i < of_part->source_count; i++) {
        const struct rag_source *s = &of_part->sources[i];
        size_t k = 0;
        while (k < out->source_count && !is_same_place(&out->sources[k], s)) k++;
        if (k == out->source_count && k < ANSWER_SOURCES_MAX) out->sources[out->source_count++] = *s;
        for (size_t day = 0; day < s->day_count && k < out->source_count; day++)
            source_add_day(&out->sources[k], s->days[day]);
    }
}

static bool is_said_before(const struct part *parts, size_t i) {
    for (size_t k = 0; k < i; k++)
        if (str_eq(parts[k].answer.text, parts[i].answer.text)) return true;
    return false;
}

/* The parts below each other, then what concerns all of them. A list of documents is its own source. */
static enum status put_together(struct work *w, const struct part *parts, size_t count) {
    struct draft *d;
    bool names_another = false;
    enum status s = new_draft(w, w->out, &d);
    for (size_t i = 0; i < count && s == OK; i++) {
        take_outcome(w->out, &parts[i], i == 0);
        names_another |= parts[i].answer.grounded && parts[i].names_another;
        if (parts[i].answer.intent != INTENT_DOCUMENTS) take_sources(w->out, &parts[i].answer);
        if (is_said_before(parts, i)) continue;
        if (d->text->n) draft_add(d, STR("\n\n"));
        draft_add(d, parts[i].answer.text);
    }
    if (s == OK && w->questions.more) {
        draft_add(d, STR("\n\n"));
        draft_say(d, SAY_MORE_QUESTIONS);
    }
    if (s == OK && names_another) {
        draft_add(d, STR("\n\n"));
        draft_say(d, SAY_NAMES_ANOTHER);
    }
    if (s == OK) draft_add_caution(d);
    if (s == OK && w->out->source_count) s = draft_add_sources(d);
    for (size_t i = 0; i < count; i++) take_sources(w->out, &parts[i].answer);
    if (s == OK && (!buf_ok(d->text) || !arena_dup(w->arena, buf_str(d->text), &w->out->text)))
        s = fail(w->err, E_LIMIT, NULL, "no memory for an answer");
    return s;
}

static enum status answer_parts(struct work *w) {
    struct part *parts = arena_array(w->arena, w->questions.count, sizeof *parts);
    struct asked *asked = arena_array(w->arena, w->questions.count, sizeof *asked);
    size_t used = 0;
    enum status s = parts && asked ? OK : fail(w->err, E_LIMIT, NULL, "no memory for an answer");
    for (size_t i = 0; i < w->questions.count && s == OK; i++) {
        asked[i] = w->core;
        asked[i].text = w->questions.texts[i];
        asked[i].whole = w->core.text;
        if (i && parts[i - 1].answer.context.intent != INTENT_NONE) {
            asked[i].context = parts[i - 1].answer.context;
            asked[i].has_context = true;
        }
        size_t taken = used + (w->questions.count - 1 - i) * PART_BYTES_MIN;
        s = answer_part(w, &asked[i],
                        taken + PART_BYTES_MIN < ANSWER_BYTES_MAX ? ANSWER_BYTES_MAX - taken : PART_BYTES_MIN,
                        &parts[i]);
        used += parts[i].answer.text.n;
    }
    return s == OK ? put_together(w, parts, w->questions.count) : s;
}

static enum status find_questions(struct work *w) {
    int64_t start_us = clock_monotonic_us();
    const struct asked *q = &w->core;
    const struct to_understand asked = { .text = q->text,
                                         .today = q->today,
                                         .before = q->has_context ? &q->context : NULL };
    enum status s =
        questions_of(w->books->intents, w->reader, w->arena, w->record, &asked, &w->questions, w->err);
    w->out->questions = w->questions.count;
    w->out->understand_us = clock_monotonic_us() - start_us;
    return s;
}

enum status answer_make(const struct answer_books *books, struct arena *arena, const struct record *record,
                        const struct asked *question, struct rag_answer *out, struct err *err) {
    struct work w = { .books = books, .arena = arena, .record = record, .out = out, .err = err };
    bool danger = false;
    enum status s = begin(&w, question, record->language);
    if (s == OK) s = check_danger(&w, &danger);
    if (s != OK || danger) return s;
    s = find_questions(&w);
    return s == OK ? answer_parts(&w) : s;
}
