#include "asking.h"

#include <stdio.h>

#include "base/utf8.h"
#include "eval.h"
#include "rag/answer_words.h"
#include "wanted.h"

enum { BOOKS_BYTES = 16 << 20, WORK_BYTES = 16 << 20, PIECE = 32 };

void asking_open(struct asking *a, struct date today) {
    struct err err = { 0 };
    *a = (struct asking) { .arena = eval_need(arena_new(BOOKS_BYTES)),
                           .work = eval_need(arena_new(WORK_BYTES)),
                           .today = today };
    if (answer_books_new(a->arena, &a->books, &err) != OK) eval_end(err.detail);
}

void asking_close(struct asking *a) {
    arena_free(a->work);
    arena_free(a->arena);
}

void asking_ask(struct asking *a, const struct record *record, struct str question, struct rag_answer *out) {
    const struct asked asked = {
        .text = question, .today = a->today, .emergency_number = STR("1515"), .advice = a->advice
    };
    struct err err = { 0 };
    arena_reset(a->work);
    if (answer_make(&a->books, a->work, record, &asked, out, &err) != OK) eval_end(err.detail);
}

struct str asking_squeezed(struct arena *arena, struct str text) {
    struct str folded;
    if (!utf8_fold(arena, text, &folded)) eval_end("no memory");
    char *p = eval_need(arena_alloc(arena, folded.n + 1));
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++)
        if (!strchr(" |\n\t\r", folded.p[i])) p[n++] = folded.p[i];
    return (struct str) { p, n };
}

static bool holds(struct str text, struct str part) {
    return str_find(text, part) < text.n;
}

bool asking_holds(struct asking *a, const struct rag_answer *answer, struct str words) {
    return wanted_stand(a->work, answer->text, words);
}

bool asking_quotes(struct asking *a, const struct rag_answer *answer, struct str text) {
    struct str whole = asking_squeezed(a->work, text);
    for (size_t i = 0; i < answer->source_count; i++) {
        struct str quote = asking_squeezed(a->work, answer->sources[i].quote);
        if (quote.n && quote.n <= PIECE && holds(whole, quote)) return true;
        for (size_t at = 0; at + PIECE <= quote.n; at += PIECE / 2)
            if (holds(whole, str_sub(quote, at, PIECE))) return true;
    }
    return false;
}

size_t asking_cited_papers(const struct rag_answer *answer) {
    size_t n = 0;
    for (size_t i = 0; i < answer->source_count; i++) n += answer->sources[i].document_id > 0;
    return n;
}

size_t asking_true_quotes(struct asking *a, const struct rag_answer *answer, const struct paper *papers,
                          size_t count) {
    size_t n = 0;
    for (size_t i = 0; i < answer->source_count; i++) {
        int64_t id = answer->sources[i].document_id;
        if (id < 1 || (size_t)id > count) continue;
        n += holds(asking_squeezed(a->work, papers[id - 1].text),
                   asking_squeezed(a->work, answer->sources[i].quote)) ||
             answer->sources[i].quote.n == 0;
    }
    return n;
}

static bool is_digit_at(struct str s, size_t at) {
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* "1,05" in "11,05" or "1,052" is another figure. */
static bool figure_stands(struct str text, struct str figure) {
    for (size_t at = 0; at + figure.n <= text.n; at++) {
        if (memcmp(text.p + at, figure.p, figure.n) != 0) continue;
        bool goes_on = is_digit_at(text, at + figure.n) || (at && is_digit_at(text, at - 1));
        bool is_part = at + figure.n + 1 < text.n && strchr(".,", text.p[at + figure.n]) &&
                       is_digit_at(text, at + figure.n + 1);
        if (!goes_on && !is_part) return true;
    }
    return false;
}

static bool is_borne(const struct rag_answer *a, struct str figure) {
    for (size_t i = 0; i < a->source_count; i++) {
        const struct rag_source *s = &a->sources[i];
        char day[16];
        snprintf(day, sizeof day, "%02d/%02d/%04d", s->date.day, s->date.month, s->date.year);
        if (figure_stands(s->quote, figure) || figure_stands(s->title, figure) ||
            str_eq(figure, str_from_c(day)))
            return true;
        for (size_t k = 0; k < s->day_count; k++) {
            snprintf(day, sizeof day, "%02d/%02d/%04d", s->days[k].day, s->days[k].month, s->days[k].year);
            if (str_eq(figure, str_from_c(day))) return true;
        }
    }
    return false;
}

/* Without the line of sources: no passage says its page numbers. */
static struct str body_of(const struct rag_answer *a) {
    char line[64];
    snprintf(line, sizeof line, "\n\n%s : ", say(SAY_SOURCE, a->language));
    struct str body = str_sub(a->text, 0, str_find(a->text, str_from_c(line)));
    return a->caution.n ? str_sub(body, 0, str_find(body, a->caution)) : body;
}

void asking_figures(const struct rag_answer *a, struct figures *out) {
    struct str text = body_of(a);
    for (size_t at = 0; at < text.n; at++) {
        if (!is_digit_at(text, at)) continue;
        size_t end = at;
        while (is_digit_at(text, end) ||
               (end < text.n && strchr(".,/", text.p[end]) && is_digit_at(text, end + 1)))
            end++;
        out->all++;
        out->borne += is_borne(a, str_sub(text, at, end - at));
        at = end;
    }
}
