#include "documents/vaccination_shot.h"

#include "documents/vaccination_match.h"

enum { AHEAD_TOKENS_MAX = 8 };

struct shot_reader {
    const struct tokens *t;
    size_t to;
    bool tolerant, day_first;
    struct shot now;          /* under way */
    struct token_span rank;   /* that no vaccine took yet */
    bool planned, refused;    /* the next vaccine is */
    bool due_next, separated; /* the next day is that of the next dose; a comma stood behind the last part */
    struct shots *out;
};

static bool has(struct token_span s) {
    return s.to > s.from;
}

static void close_shot(struct shot_reader *r) {
    struct shot *s = &r->now;
    if (s->count && has(r->rank) && !has(s->names[s->count - 1].rank)) s->names[s->count - 1].rank = r->rank;
    if (s->count && r->out->count < SHOTS_MAX) r->out->items[r->out->count++] = *s;
    *s = (struct shot) { 0 };
    r->rank = (struct token_span) { 0 };
    r->separated = false;
}

static void reach(struct shot_reader *r, size_t from, size_t to) {
    if (r->now.to == 0) r->now.from = from;
    r->now.to = to;
    r->separated = false;
}

/* "né le 03/01/2024", "exp 03/2026", "valable du …": no day of a vaccination. */
static bool is_other_day(const struct tokens *t, size_t i) {
    static const char words[] =
        "ne nee naissance ddn born birth peremption perime expire expiration exp valable valide validite "
        "valid consultation expiry";
    for (size_t k = i, seen = 0; k-- > 0 && seen < 4; seen++) {
        struct vaccine unused;
        if (token_in(t, k, words)) return true;
        if (vaccine_match(t, k, false, &unused) > k) return false;
    }
    return false;
}

/* Does another day follow before another vaccine does? */
static bool day_follows(const struct shot_reader *r, size_t i) {
    struct vaccine unused;
    struct date day;
    for (size_t k = i; k < r->to && k - i < AHEAD_TOKENS_MAX; k++) {
        if (match_vaccination_day(r->t, k, &day) > k) return true;
        if (vaccine_match(r->t, k, r->tolerant, &unused) > k) return false;
    }
    return false;
}

/* Nothing but signs, numbers and small words between two days: "04/2019, 05/2019", "le … puis le …". */
static bool only_parts(const struct shot_reader *r, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (r->t->items[i].kind == TOKEN_WORD &&
            !token_in(r->t, i,
                      "le et puis en du de j m d r dose injection rappel ere er e eme nd nde "
                      "premiere deuxieme troisieme seconde and then on"))
            return false;
    return true;
}

static void take_day(struct shot_reader *r, size_t i, size_t end) {
    struct shot *s = &r->now;
    if (is_other_day(r->t, i)) return;
    if (r->due_next && s->count) {
        if (!has(s->due)) s->due = (struct token_span) { i, end };
        r->due_next = false;
        reach(r, i, end);
        return;
    }
    if (s->count == 0) {
        r->day_first |= r->out->count == 0 && !has(s->day);
        *s = (struct shot) { 0 };
    } else if (r->day_first) {
        struct token_span rank = r->rank;
        r->rank = (struct token_span) { 0 };
        close_shot(r);
        r->rank = rank;
    } else if (has(s->day) && !only_parts(r, s->to, i)) {
        return;               /* who signs, until when it is valid */
    } else if (has(s->day)) { /* one more dose of the same */
        struct shot more = *s;
        struct token_span rank = r->rank;
        r->rank = (struct token_span) { 0 };
        close_shot(r);
        more.due = (struct token_span) { 0 };
        more.from = i;
        for (size_t k = 0; k < more.count; k++) {
            more.names[k].lot = (struct token_span) { 0 };
            more.names[k].rank = rank;
        }
        *s = more;
    }
    s->day = (struct token_span) { i, end };
    reach(r, i, end);
}

/* "Penta 1": behind the number that says which dose. */
static size_t number_behind(const struct tokens *t, size_t end) {
    bool alone =
        token_is_number(t, end) && t->items[end].fold.n == 1 && t->items[end].cell == t->items[end - 1].cell;
    if (!alone || token_is_sign(t, end + 1, '/') || token_is_sign(t, end + 1, '-') ||
        token_is_sign(t, end + 1, '.') ||
        token_in(t, end + 1, "dose doses injection injections ml er ere e eme mois semaines ans jours") ||
        date_fr_month(t, end + 1) > 0)
        return end;
    return end + 1;
}

/* "contre la fièvre jaune par STAMARIL": one vaccination, named twice. */
static struct shot_name *same_vaccine(struct shot *s, const struct vaccine *v) {
    for (size_t k = 0; k < s->count; k++) {
        uint32_t a = s->names[k].vaccine.against;
        bool within = (a & v->against) == v->against || (a & v->against) == a;
        if (within && s->names[k].vaccine.is_sure != v->is_sure) return &s->names[k];
    }
    return NULL;
}

static void take_vaccine(struct shot_reader *r, size_t i, size_t end, const struct vaccine *v) {
    struct shot *s = &r->now;
    bool is_next = !r->day_first && s->count && has(s->day);
    struct shot_name *same = r->planned || r->refused || r->due_next ? NULL : same_vaccine(s, v);
    if (same) {
        same->vaccine.is_sure = true;
        reach(r, i, end);
        return;
    }
    if (is_next) {
        struct token_span rank = r->rank;
        r->rank = (struct token_span) { 0 };
        close_shot(r);
        r->rank = rank;
    }
    s->planned |= r->planned || r->due_next;
    s->refused |= r->refused;
    r->planned = r->refused = r->due_next = false;
    if (s->count == SHOT_NAMES_MAX) return;
    struct shot_name *n = &s->names[s->count++];
    size_t number = number_behind(r->t, end);
    *n = (struct shot_name) { .name = { i, end }, .vaccine = *v, .rank = r->rank };
    if (number > end) n->rank = (struct token_span) { end, number };
    r->rank = (struct token_span) { 0 };
    reach(r, i, number);
}

static void take_rank(struct shot_reader *r, size_t i, size_t end) {
    struct shot *s = &r->now;
    struct date day;
    size_t at = token_is_sign(r->t, end, ':') || token_in(r->t, end, "le en") ? end + 1 : end;
    bool is_due = token_is(r->t, i, "rappel") && end == i + 1 && !r->day_first && s->count && has(s->day);
    if (is_due && match_vaccination_day(r->t, at, &day) > at) {
        r->due_next = true;
        return;
    }
    bool reminds = token_is(r->t, i, "rappel") && token_is_sign(r->t, end, ':') && s->count == 0;
    if (reminds || r->due_next || r->planned) return; /* "prochain rappel": none that was given */
    struct shot_name *last = s->count ? &s->names[s->count - 1] : NULL;
    if (last && !has(last->rank) && (r->day_first || !has(s->day)) && !r->separated) {
        last->rank = (struct token_span) { i, end };
        reach(r, i, end);
    } else {
        r->rank = (struct token_span) { i, end };
    }
}

static void take_plan(struct shot_reader *r, size_t i) {
    struct shot *s = &r->now;
    r->out->doubted = true;
    if (s->count && has(s->day) && (!r->day_first || day_follows(r, i)))
        r->due_next = true;
    else if (s->count && !r->separated)
        s->planned = true;
    else
        r->planned = true;
}

static void take_refusal(struct shot_reader *r) {
    r->out->doubted = true;
    if (r->now.count && !r->separated)
        r->now.refused = true;
    else
        r->refused = true;
}

static size_t step(struct shot_reader *r, size_t i) {
    const struct tokens *t = r->t;
    struct shot *s = &r->now;
    struct vaccine v;
    struct date day;
    size_t from, end;
    r->out->speaks |= token_has(t, i, WORD_VACCINE);
    r->out->given |= token_has(t, i, WORD_GIVEN) || tokens_match(t, i, "a jour") > i;
    if (token_is_sign(t, i, ',') || token_is(t, i, "et") || token_is(t, i, "mais")) r->separated = true;
    if ((end = match_vaccine_lot(t, i, &from)) > i) {
        if (s->count && !has(s->names[s->count - 1].lot)) {
            s->names[s->count - 1].lot = (struct token_span) { from, end };
            reach(r, from, end);
        }
        return end;
    }
    if ((end = match_vaccination_day(t, i, &day)) > i) {
        take_day(r, i, end);
        return end;
    }
    if ((end = vaccine_match(t, i, r->tolerant, &v)) > i) {
        take_vaccine(r, i, end, &v);
        return end;
    }
    if ((end = match_vaccine_rank(t, i)) > i) {
        take_rank(r, i, end);
        return end;
    }
    if (tokens_match(t, i, "contre - indique") > i || tokens_match(t, i, "contre - indiquee") > i ||
        token_has(t, i, WORD_REFUSED))
        take_refusal(r);
    else if (token_has(t, i, WORD_PLANNED) || tokens_match(t, i, "rendez - vous") > i ||
             token_is(t, i, "rdv"))
        take_plan(r, i);
    return i + 1;
}

void shots_read(const struct tokens *t, size_t from, size_t to, bool tolerant, struct shots *out) {
    struct shot_reader r = { .t = t, .to = to, .tolerant = tolerant, .out = out };
    *out = (struct shots) { 0 };
    for (size_t i = from; i < to;) i = step(&r, i);
    if (r.planned || r.refused) r.now.planned |= r.now.count && !has(r.now.day);
    close_shot(&r);
}
