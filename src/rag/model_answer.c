#include "rag/model_answer.h"

#include "rag/citation.h"
#include "rag/draft.h"
#include "rag/prompt.h"
#include "rag/proof.h"

enum { SOURCES_LINE_BYTES = 320, QUOTE_FRAME_BYTES = 260 };

struct model_turn {
    struct arena *work, *keep;
    const struct model_question *question;
    struct rag_answer *answer;
    struct model_report *report;
    struct text_reader *reader;
    struct pseudonym *people;
    struct generation_request request;
    bool writes; /* its words may take the place of ours; else it only says whether ours answer */
};

static const char *const end_names[MODEL_END_COUNT] = {
    [MODEL_INJECTED] = "injected",     [MODEL_NO_PASSAGE] = "no_passage", [MODEL_NO_CONSENT] = "no_consent",
    [MODEL_CROWDED] = "crowded",       [MODEL_NAMES] = "names",           [MODEL_MALFORMED] = "malformed",
    [MODEL_UNKNOWN] = "unknown",       [MODEL_UNBORNE] = "unborne",       [MODEL_BESIDE] = "beside",
    [MODEL_INCOMPLETE] = "incomplete", [MODEL_TROUBLE] = "trouble",       [MODEL_CONFIRMED] = "confirmed",
    [MODEL_DOUBTED] = "doubted",
};

const char *model_fallback_name(const struct model_report *r) {
    return r->end == MODEL_NOT_GIVEN ? generation_outcome_name(r->generation.outcome) : end_names[r->end];
}

/* Facts that fit the words of a question need not be what it asks for. A prescription that is asked for with no word more cannot be mistaken. */
static bool is_judged(const struct rag_answer *a) {
    bool medicines = a->intent == INTENT_CURRENT_MEDICATION || a->intent == INTENT_LAST_PRESCRIPTION;
    return a->intent == INTENT_APPOINTMENTS || a->intent == INTENT_VACCINES ||
           a->intent == INTENT_LAB_HISTORY || a->intent == INTENT_LAB_VALUE ||
           a->intent == INTENT_PRESCRIBER || (medicines && a->names_more);
}

/* Something that a paper could hold. */
static bool is_of_record(enum intent intent) {
    return intent < INTENT_STOP && intent != INTENT_DOCTOR && intent != INTENT_OTHER_PERSON &&
           intent != INTENT_OUT_OF_SCOPE && intent != INTENT_ALLERGIES && intent != INTENT_DOCUMENTS;
}

static bool is_written(enum intent intent) {
    return intent == INTENT_NONE || intent == INTENT_INSTRUCTIONS || intent == INTENT_DOSAGE ||
           intent == INTENT_DIAGNOSES || intent == INTENT_ADVICE;
}

/* The longer part of a sentence of ours stands in the text. */
static bool says(const struct rag_answer *a, enum phrase_id id) {
    struct str words = str_from_c(say(id, a->language));
    size_t at = str_find(words, STR("{}"));
    struct str before = str_sub(words, 0, at), behind = str_sub(words, at + 2, words.n);
    struct str longer = before.n >= behind.n ? before : behind;
    return str_find(a->text, longer) < a->text.n;
}

static bool says_warning(const struct rag_answer *a) {
    static const enum phrase_id warnings[] = { SAY_ENDED,         SAY_GOES_ON,        SAY_STOPPED,
                                               SAY_KIN,           SAY_UNSURE,         SAY_UNREADABLE,
                                               SAY_NAMES_ANOTHER, SAY_ALLERGY_WARNING };
    for (size_t i = 0; i < COUNT_OF(warnings); i++)
        if (says(a, warnings[i])) return true;
    return false;
}

static bool is_from_record(const struct rag_answer *a) {
    for (size_t i = 0; i < a->source_count; i++)
        if (a->sources[i].collection != COLLECTION_RECORD) return false;
    return a->source_count > 0;
}

bool model_is_asked(const struct rag_answer *a) {
    if (a->escalated || a->tell != (a->refused ? TELL_REFUSED : TELL_NOTHING)) return false;
    if (a->refused) return !a->grounded && is_of_record(a->intent);
    return a->questions <= 1 && is_from_record(a) && (is_written(a->intent) || is_judged(a));
}

enum model_end model_evidence_fits(const struct evidence *e) {
    if (e->question_is_injected) return MODEL_INJECTED;
    return e->count ? MODEL_SAID : MODEL_NO_PASSAGE;
}

/* A list, a line of the patient's file, what is said with a warning and what may not leave as a whole stay as they are. */
static bool may_be_said_anew(const struct rag_answer *a, const struct evidence *e) {
    bool one_medicine = a->intent == INTENT_INSTRUCTIONS || a->intent == INTENT_DOSAGE;
    bool lists = a->intent == INTENT_DIAGNOSES || a->intent == INTENT_ADVICE;
    if (!is_written(a->intent) || e->only_judged || says_warning(a)) return false;
    for (size_t i = 0; i < a->source_count && !a->refused; i++)
        if (lists && a->sources[i].document_id == 0) return false;
    return e->fact_count <= (one_medicine ? 1 : 0);
}

static enum model_end prepare(struct model_turn *t) {
    const struct evidence *e = t->question->evidence;
    const struct prompt prompt = { t->question->text, e };
    enum status s = text_reader_open(t->work, &t->reader, NULL);
    if (s == OK)
        s = pseudonym_new(t->work, t->reader, t->question->patient, e->authors, e->author_count, &t->people,
                          NULL);
    if (s == OK) s = prompt_write(t->work, t->people, &prompt, &t->request, NULL);
    t->request.deadline_us = t->question->deadline_us;
    return s == OK ? MODEL_SAID : MODEL_NAMES;
}

static enum model_end ask(struct model_turn *t) {
    const struct generator *g = t->question->generator;
    int64_t start_us = clock_monotonic_us();
    t->report->called = true;
    enum status s = g->generate(g->ctx, t->work, &t->request, &t->report->generation, NULL);
    t->report->wait_us = clock_monotonic_us() - start_us;
    if (s != OK) return MODEL_TROUBLE;
    return t->report->generation.outcome == GENERATED ? MODEL_SAID : MODEL_NOT_GIVEN;
}

/* The model points at what our answer quotes too. */
static bool quotes_ours(const struct model_turn *t, const struct proven *proven) {
    const struct rag_answer *a = t->answer;
    for (size_t i = 0; !a->refused && i < proven->count; i++)
        for (size_t k = 0; k < a->source_count; k++) {
            struct str quote = proven->sentences[i].text, ours = a->sources[k].quote;
            if (a->sources[k].document_id ==
                    t->question->evidence->passages[proven->sentences[i].passage].document_id &&
                (citation_stands(quote, ours) || citation_stands(ours, quote)))
                return true;
        }
    return false;
}

/* Facts are told of the latest paper; nobody asked for what was before, and the model found that. */
static bool is_older(const struct model_turn *t, const struct proven *proven) {
    const struct evidence *e = t->question->evidence;
    const struct rag_answer *a = t->answer;
    if (e->fact_count == 0 || e->names_time) return false;
    for (size_t i = 0; i < proven->count; i++)
        for (size_t k = 0; k < a->source_count; k++)
            if (date_compare(e->passages[proven->sentences[i].passage].date, a->sources[k].date) < 0)
                return true;
    return false;
}

static enum model_end take_reply(struct model_turn *t, struct proven *out) {
    struct model_reply reply;
    enum status s = model_reply_read(t->work, t->report->generation.json, &reply, NULL);
    if (s != OK) return s == E_INVALID ? MODEL_MALFORMED : MODEL_TROUBLE;
    if (reply.unknown) return MODEL_UNKNOWN;
    s = proof_take(t->work, t->people, t->question->evidence, t->question->text, &reply, t->writes, out,
                   NULL);
    if (s != OK) return MODEL_TROUBLE;
    if (out->count && !(out->quoted && quotes_ours(t, out))) return MODEL_SAID;
    return t->answer->refused || (t->writes && out->count == 0) ? MODEL_UNBORNE : MODEL_CONFIRMED;
}

/* Where nothing passed without a model, true words are not enough: they must hold what is asked for. */
static bool answers(const struct model_turn *t, const struct proven *proven) {
    const struct evidence *e = t->question->evidence;
    /* A reason needs no word that calls it one. */
    if (e->demands.asked[DEMAND_REASON]) return true;
    for (size_t i = 0; i < proven->count; i++)
        if (demand_is_met(t->reader, t->work, &e->demands, proven->sentences[i].text,
                          e->passages[proven->sentences[i].passage].date))
            return true;
    return false;
}

/* What the record says of whether one may is about the thing that was asked for, or it is no answer. */
static bool speaks_of_it(const struct model_turn *t, const struct proven *proven) {
    const struct evidence *e = t->question->evidence;
    bool holds = false;
    if (t->answer->intent != INTENT_ADVICE || e->demands.asked[DEMAND_REASON]) return true;
    for (size_t i = 0; i < proven->count && !holds; i++)
        if (citation_holds_one(t->work, t->reader, e->passages[proven->sentences[i].passage].quote, e->words,
                               &holds, NULL) != OK)
            return false;
    return holds;
}

static bool ends_sentence(struct str text) {
    return text.n && strchr(".!?:;", text.p[text.n - 1]) != NULL;
}

static void cite(struct rag_answer *a, const struct rag_source *src) {
    for (size_t i = 0; i < a->source_count; i++) {
        const struct rag_source *s = &a->sources[i];
        if (s->document_id == src->document_id && s->page == src->page && str_eq(s->quote, src->quote))
            return;
    }
    a->sources[a->source_count++] = *src; /* no more than there are sentences */
}

/* The sentences one after the other, on a new line where the passage changes; what has no room is left out, and its source with it. */
static void add_sentences(struct draft *d, const struct evidence *e, const struct proven *proven) {
    for (size_t i = 0; i < proven->count; i++) {
        struct str text = proven->sentences[i].text;
        if (d->text->n + text.n + SOURCES_LINE_BYTES > ANSWER_BYTES_MAX) return;
        bool goes_on = i && proven->sentences[i].passage == proven->sentences[i - 1].passage;
        if (d->text->n) draft_add(d, goes_on ? STR(" ") : STR("\n"));
        draft_add(d, text);
        if (!ends_sentence(text)) draft_add(d, STR("."));
        cite(d->out, &e->passages[proven->sentences[i].passage]);
    }
}

/* Papers in their own words, each below its name. */
static enum status add_quotes(struct draft *d, const struct evidence *e, const struct proven *proven) {
    bool unprescribed = false;
    for (size_t i = 0; i < proven->count; i++) {
        size_t passage = proven->sentences[i].passage;
        struct rag_source src = e->passages[passage];
        const struct record_document doc = { .id = src.document_id, .title = src.title, .date = src.date };
        bool tells;
        bool goes_on = i && passage == proven->sentences[i - 1].passage;
        src.quote = proven->sentences[i].text;
        if (d->text->n + src.quote.n + SOURCES_LINE_BYTES + QUOTE_FRAME_BYTES > ANSWER_BYTES_MAX) break;
        enum status s = citation_tells_to_take(d->arena, d->reader, src.quote, &tells, d->err);
        if (s == OK && !goes_on) draft_line(d);
        if (s == OK && !goes_on) s = draft_say_where(d, SAY_PASSAGE, &doc);
        if (s != OK) return s;
        draft_quote(d, src.quote);
        if (e->standing[passage].unsure) draft_say(d, SAY_UNSURE);
        cite(d->out, &src);
        unprescribed |= tells && !e->standing[passage].prescribes;
    }
    if (!unprescribed) return OK;
    draft_line(d);
    draft_say(d, SAY_NO_PRESCRIPTION);
    return OK;
}

/* Guarded as every answer is, whatever was looked at before. */
static enum model_end guard(const struct model_turn *t, const struct draft *d, bool quoted) {
    bool complete;
    struct str text = buf_str(d->text);
    if (text.n == 0) return MODEL_UNBORNE;
    enum status s =
        guard_check(t->work, text, t->question->text, d->out->sources, d->out->source_count, NULL);
    if (s != OK) return s == E_CONFLICT ? MODEL_UNBORNE : MODEL_TROUBLE;
    if (quoted) return MODEL_SAID;
    s = proof_is_complete(t->work, t->question->evidence, t->answer->text, text, &complete, NULL);
    if (s != OK) return MODEL_TROUBLE;
    return complete ? MODEL_SAID : MODEL_INCOMPLETE;
}

static bool keep_answer(const struct model_turn *t, struct str text, struct rag_answer *made) {
    bool kept = arena_dup(t->keep, text, &made->text);
    for (size_t i = 0; i < made->source_count && kept; i++)
        kept = arena_dup(t->keep, made->sources[i].title, &made->sources[i].title) &&
               arena_dup(t->keep, made->sources[i].quote, &made->sources[i].quote);
    if (kept) *t->answer = *made;
    return kept;
}

static enum model_end put_words(struct model_turn *t, const struct proven *proven) {
    struct rag_answer made = *t->answer;
    struct draft *d = arena_alloc(t->work, sizeof *d);
    made.source_count = 0;
    made.engine = t->question->generator->provider;
    made.grounded = true;
    if (made.refused) made.tell = TELL_NOTHING;
    made.refused = false;
    if (!d) return MODEL_TROUBLE;
    *d = (struct draft) { .arena = t->work, .out = &made, .reader = t->reader };
    if (draft_open(d) != OK) return MODEL_TROUBLE;
    if (!proven->quoted)
        add_sentences(d, t->question->evidence, proven);
    else if (add_quotes(d, t->question->evidence, proven) != OK)
        return MODEL_TROUBLE;
    enum model_end end = guard(t, d, proven->quoted);
    if (end != MODEL_SAID) return end;
    draft_add_caution(d);
    bool written = draft_add_sources(d) == OK && buf_ok(d->text);
    return written && keep_answer(t, buf_str(d->text), &made) ? MODEL_SAID : MODEL_TROUBLE;
}

/* What a second reader does not find to be the answer is shown as what comes closest. Where both have no room, ours stands. */
static enum model_end put_doubt(struct model_turn *t) {
    struct rag_answer *a = t->answer;
    struct str doubt =
        str_from_c(say(a->intent == INTENT_ADVICE ? SAY_NEAR_NO_ADVICE : SAY_NEAR, a->language));
    if (a->refused || doubt.n + STR("\n\n").n + a->text.n > ANSWER_BYTES_MAX) return MODEL_UNKNOWN;
    if (!arena_printf(t->keep, &a->text, "%.*s\n\n%.*s", STR_ARG(doubt), STR_ARG(a->text)))
        return MODEL_TROUBLE;
    a->refused = true;
    a->grounded = false;
    a->tell = TELL_REFUSED;
    return MODEL_DOUBTED;
}

void model_answer(struct arena *work, struct arena *keep, const struct model_question *question,
                  struct rag_answer *answer, struct model_report *report) {
    struct model_turn t = {
        .work = work, .keep = keep, .question = question, .answer = answer, .report = report
    };
    t.writes = may_be_said_anew(answer, question->evidence);
    struct proven proven = { 0 };
    struct str version;
    int64_t start_us = clock_monotonic_us();
    enum model_end end = prepare(&t);
    if (end == MODEL_SAID) end = ask(&t);
    if (end == MODEL_SAID) end = take_reply(&t, &proven);
    /* Ours is not what the model found. */
    bool other = end == MODEL_SAID && proven.quoted && !answer->refused;
    if (end == MODEL_SAID && (answer->refused || other) &&
        !(answers(&t, &proven) && speaks_of_it(&t, &proven)))
        end = MODEL_BESIDE;
    if (end == MODEL_SAID && other && (says_warning(answer) || is_older(&t, &proven))) end = MODEL_BESIDE;
    if (end == MODEL_SAID) end = put_words(&t, &proven);
    if (end == MODEL_UNKNOWN || (other && end != MODEL_SAID)) end = put_doubt(&t);
    /* For the log of calls, which is written when `work` is gone. */
    struct generation *g = &report->generation;
    g->json = STR("");
    g->model_version = arena_dup(keep, g->model_version, &version) ? version : STR("");
    report->end = end;
    report->own_us += clock_monotonic_us() - start_us - report->wait_us;
}
