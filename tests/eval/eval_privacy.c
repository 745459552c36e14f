/*
 * Does anything of another patient ever come back? Patients of our own made-up clinic ask what the others' papers say, with the others' own
 * questions, words, names and session ids, in threads that share one database and a cache that is too small for all of them.
 *
 *   eval_privacy FOLDER MEDIRECORD_EXTRACT [QUESTIONS]        100000 unless it is said otherwise
 *
 * Every source must be a paper of the one who asks and its quote must stand there; no line that only the other's papers hold may stand in
 * the answer; a session of the other is denied.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "asking.h"
#include "eval.h"
#include "eval_clinic.h"
#include "made_set.h"

enum { THREADS = 16, CACHE_BYTES = 1 << 20, OWN_LINES_MAX = 400, LINE_BYTES_MIN = 24, WORDS = 5 };

struct resident {
    const struct made_record *made;
    int64_t id, papers[MADE_PAPERS_MAX];
    struct str lines[OWN_LINES_MAX]; /* that stand in nobody else's papers, and are no title of one */
    size_t line_count;
    struct patient patient;
    char session[32];
};

struct world {
    struct eval_clinic clinic;
    struct made_set set;
    struct resident residents[MADE_RECORDS_MAX];
    size_t count;
};

struct asker {
    struct world *world;
    size_t questions;
    uint64_t seed;
    size_t asked, answered, denied, foreign;
};

static size_t next_random(struct asker *a, size_t below) {
    a->seed = a->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(a->seed >> 33) % below;
}

static bool holds(struct str text, struct str part) {
    return str_find(text, part) < text.n;
}

static bool is_held_by_another(const struct world *w, const struct resident *own, struct str line) {
    for (size_t i = 0; i < w->set.record_count; i++) {
        const struct made_record *r = &w->set.records[i];
        for (size_t k = 0; r != own->made && k < r->paper_count; k++)
            if (holds(r->papers[k].text, line) || holds(r->papers[k].name, line)) return true;
    }
    return false;
}

static void find_own_lines(const struct world *w, struct resident *r) {
    for (size_t k = 0; k < r->made->paper_count; k++)
        for (struct str rest = r->made->papers[k].text; rest.n && r->line_count < OWN_LINES_MAX;) {
            size_t n = str_find_char(rest, '\n');
            struct str line = str_trim(str_sub(rest, 0, n));
            rest = str_sub(rest, n + 1, rest.n);
            if (line.n >= LINE_BYTES_MIN && !is_held_by_another(w, r, line)) r->lines[r->line_count++] = line;
        }
}

static void move_in(struct world *w, struct paper_reader *reader, struct arena *arena) {
    for (size_t i = 0; i < w->set.record_count; i++) {
        struct resident *r = &w->residents[w->count++];
        char phone[40];
        r->made = &w->set.records[i];
        snprintf(phone, sizeof phone, "+2217700%05zu", i);
        r->id = eval_clinic_add_patient(&w->clinic, &r->made->person, phone);
        for (size_t k = 0; k < r->made->paper_count; k++)
            r->papers[k] = eval_clinic_add_paper(&w->clinic, reader, r->id, &r->made->papers[k]);
        if (patient_get(w->clinic.db, arena, r->id, &r->patient, NULL) != OK)
            eval_end("a patient is not there");
        find_own_lines(w, r);
        snprintf(r->session, sizeof r->session, "session-of-%zu", i);
    }
}

/* The paper of the resident that is cited; NULL: it is not one of his. The patient's file is document 0. */
static const struct paper *paper_of(const struct resident *r, int64_t document_id) {
    for (size_t k = 0; k < r->made->paper_count; k++)
        if (r->papers[k] == document_id) return &r->made->papers[k];
    return NULL;
}

/* Line by line, and a row cell by cell: a quote keeps the order in which a page is read, which is not always that of the file. */
static bool lines_stand_in(struct arena *arena, struct str text, struct str quote) {
    for (struct str rest = quote; rest.n;) {
        size_t line = str_find_char(rest, '\n'), cell = str_find_char(rest, '|');
        size_t n = line < cell ? line : cell;
        if (!holds(text, asking_squeezed(arena, str_trim(str_sub(rest, 0, n))))) return false;
        rest = str_sub(rest, n + 1, rest.n);
    }
    return true;
}

static bool is_own(struct arena *arena, const struct resident *own, const struct rag_source *s) {
    if (s->document_id == 0) return true; /* the file: its words are looked for below */
    const struct paper *paper = paper_of(own, s->document_id);
    if (paper && str_eq(s->quote, s->title)) return true; /* a list of papers */
    return paper && lines_stand_in(arena, asking_squeezed(arena, paper->text), s->quote);
}

static bool is_foreign(struct arena *arena, const struct resident *own, const struct resident *other,
                       const struct rag_answer *a) {
    for (size_t i = 0; i < a->source_count; i++)
        if (!is_own(arena, own, &a->sources[i])) return true;
    for (size_t i = 0; i < other->line_count; i++)
        if (holds(a->text, other->lines[i])) return true;
    return false;
}

/* A question about the other's papers, in the arena. */
static struct str make_question(struct asker *a, struct arena *arena, const struct resident *other) {
    const struct made_set *set = &a->world->set;
    const struct made_question *q;
    do q = &set->questions[next_random(a, set->question_count)];
    while (q->of != other->made);
    struct str out = q->text;
    bool fits = true;
    switch (next_random(a, 4)) {
    case 0: break;
    case 1:
        fits =
            arena_printf(arena, &out, "Dossier de %.*s %.*s : %.*s", STR_ARG(other->made->person.first_name),
                         STR_ARG(other->made->person.last_name), STR_ARG(q->text));
        break;
    case 2:
        fits =
            arena_printf(arena, &out, "%.*s (numéro %.*s)", STR_ARG(q->text), STR_ARG(other->patient.phone));
        break;
    default:
        if (other->line_count) out = other->lines[next_random(a, other->line_count)];
    }
    if (!fits) eval_end("no memory");
    return out;
}

static void ask_once(struct asker *a, struct db *db, struct arena *arena) {
    struct world *w = a->world;
    const struct resident *own = &w->residents[next_random(a, w->count)], *other = own;
    while (other == own) other = &w->residents[next_random(a, w->count)];
    bool steals = next_random(a, 20) == 0;
    struct rag_question q = { .patient = &own->patient,
                              .session_id = str_from_c(steals ? other->session : own->session),
                              .now_us = w->clinic.now_us };
    struct rag_answer answer;
    struct err err = { 0 };
    arena_reset(arena);
    q.text = make_question(a, arena, other);
    enum status s = rag_ask(w->clinic.rag, db, arena, &q, &answer, &err);
    a->asked++;
    if (steals && s == E_DENIED) {
        a->denied++;
        return;
    }
    if (s != OK) eval_end(err.detail);
    a->answered += asking_is_answered(&answer);
    if (!steals && !is_foreign(arena, own, other, &answer)) return;
    a->foreign++;
    printf("foreign: patient %d asks about %d: %.*s\n    %.*s\n", own->made->number, other->made->number,
           STR_ARG(q.text), STR_ARG(answer.text));
}

static void *ask_many(void *ctx) {
    struct asker *a = ctx;
    struct arena *arena = eval_need(arena_new((size_t)32 << 20));
    struct db *db;
    if (db_open(a->world->clinic.pool, &db, NULL) != OK) eval_end("no database");
    for (size_t i = 0; i < a->questions; i++) ask_once(a, db, arena);
    db_close(db);
    arena_free(arena);
    return NULL;
}

/* Everybody has a conversation, which others will try to join. */
static void begin_sessions(struct world *w, struct arena *arena) {
    for (size_t i = 0; i < w->count; i++) {
        const struct rag_question q = { .patient = &w->residents[i].patient,
                                        .text = STR("Mes allergies ?"),
                                        .session_id = str_from_c(w->residents[i].session),
                                        .now_us = w->clinic.now_us };
        struct rag_answer answer;
        struct err err = { 0 };
        if (rag_ask(w->clinic.rag, w->clinic.db, arena, &q, &answer, &err) != OK) eval_end(err.detail);
    }
}

int main(int argc, char **argv) {
    if (argc < 3) eval_end("usage: eval_privacy FOLDER MEDIRECORD_EXTRACT [QUESTIONS]");
    struct arena *arena = eval_need(arena_new((size_t)128 << 20));
    struct world *w = eval_need(arena_alloc(arena, sizeof *w));
    struct paper_reader *reader = paper_reader_open(arena, argv[2]);
    struct asker askers[THREADS], all = { 0 };
    pthread_t threads[THREADS];
    int64_t questions = 100000;
    if (argc > 3 && !str_to_i64(str_from_c(argv[3]), &questions)) eval_end("QUESTIONS is a number");
    made_set_read(arena, reader, argv[1], &w->set);
    eval_clinic_open(&w->clinic, CACHE_BYTES);
    move_in(w, reader, arena);
    begin_sessions(w, arena);
    for (size_t i = 0; i < THREADS; i++) {
        askers[i] = (struct asker) { .world = w, .questions = (size_t)questions / THREADS, .seed = 2026 + i };
        if (pthread_create(&threads[i], NULL, ask_many, &askers[i]) != 0) eval_end("no thread");
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        all.asked += askers[i].asked;
        all.answered += askers[i].answered;
        all.denied += askers[i].denied;
        all.foreign += askers[i].foreign;
    }
    printf("privacy patients=%zu questions=%zu answered_from_the_own_record=%zu foreign_sessions_denied=%zu "
           "foreign_passages=%zu\n",
           w->count, all.asked, all.answered, all.denied, all.foreign);
    eval_clinic_close(&w->clinic);
    made_set_done(&w->set);
    paper_reader_close(reader);
    arena_free(arena);
    return all.foreign > 0;
}
