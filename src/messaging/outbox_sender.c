#include "messaging/outbox_sender.h"

#include "base/crypto.h"
#include "messaging/outbox_judge.h"
#include "messaging/outbox_round_store.h"
#include "net/breaker.h"
#include "net/http_multi.h"

enum { ROUND_ARENA_BYTES = 16 << 20 }; /* grows as far as needed: every lane full of the longest texts */

/* What other processes add is seen after this time. */
#define POLL_US SECOND_US

/* A clock that goes back further than this was set. */
#define CLOCK_STEP_US (10 * SECOND_US)

struct outbox_sender {
    struct outbox_round round;
    const struct clock *clock;
    struct http_multi *multi;
    int64_t clock_offset_us; /* of the clock to the monotonic one */
    int account_refused;     /* atomic: the carrier's last word was that our account must be mended */
};

static int64_t clock_offset_us(const struct outbox_sender *s) {
    return clock_now_us(s->clock) - clock_monotonic_us();
}

enum status outbox_sender_new(struct messaging *room, struct db *db, const struct clock *clock,
                              struct arena *arena, struct outbox_sender **out, struct err *e) {
    struct outbox_sender *s = arena_alloc(arena, sizeof *s);
    enum status status;

    if (!s) return fail(e, E_LIMIT, NULL, "no memory for the sender");
    s->clock = clock;
    s->clock_offset_us = clock_offset_us(s);
    s->round = (struct outbox_round) { .room = room, .db = db, .arena = arena_new(ROUND_ARENA_BYTES) };
    if (!s->round.arena) return fail(e, E_LIMIT, NULL, "no memory for the sender");
    status = breaker_new(arena, &s->round.breaker, e);
    if (status == OK) status = http_multi_new(arena, OUTBOX_CALLS_MAX, &s->multi, e);
    if (status == OK)
        *out = s;
    else
        outbox_sender_free(s);
    return status;
}

void outbox_sender_free(struct outbox_sender *s) {
    if (!s) return;
    http_multi_free(s->multi);
    for (size_t i = 0; i < OUTBOX_CALLS_MAX; i++) arena_free(s->round.calls[i].arena);
    breaker_free(s->round.breaker);
    arena_free(s->round.arena);
}

int outbox_under_way(const struct outbox_sender *s) {
    return s->round.busy + s->round.ended;
}

void outbox_sender_wake(struct outbox_sender *s) {
    if (s) http_multi_wake(s->multi);
}

int64_t outbox_sender_paused_until_us(struct outbox_sender *s) {
    return s ? breaker_open_until_us(s->round.breaker, clock_monotonic_us()) : 0;
}

bool outbox_sender_account_is_refused(const struct outbox_sender *s) {
    return s && __atomic_load_n(&s->account_refused, __ATOMIC_RELAXED);
}

static void learn_about_account(struct outbox_sender *s, enum verdict verdict) {
    if (verdict == VERDICT_ACCOUNT || verdict == VERDICT_NONE)
        __atomic_store_n(&s->account_refused, verdict == VERDICT_ACCOUNT, __ATOMIC_RELAXED);
}

/* Whether the carrier itself is in trouble, and not this message. */
static void tell_breaker(struct outbox_sender *s, const struct outbox_call *c) {
    bool trouble = c->status != OK || c->sent.verdict == VERDICT_ACCOUNT || c->sent.verdict == VERDICT_RETRY;
    if (trouble)
        breaker_failed(s->round.breaker, clock_monotonic_us(), c->sent.retry_after_us);
    else
        breaker_succeeded(s->round.breaker);
}

static void keep_outcome(struct outbox_sender *s, struct outbox_call *c, enum status status) {
    uint32_t chance = 0;
    /* Only what is tried again needs one, and asking for it is a call of the system. */
    if (status != OK || c->sent.verdict != VERDICT_NONE) crypto_random(&chance, sizeof chance);
    c->status = status;
    c->outcome = outbox_judge(&c->item, status, &c->sent, clock_now_us(s->clock), chance);
    c->ended = true;
    s->round.ended++;
    s->round.busy--;
    s->round.busy_bulk -= c->item.kind == MESSAGE_BULK;
}

/* The carrier was called, whatever came of it. */
static void end_call(struct outbox_sender *s, struct outbox_call *c, enum status status) {
    keep_outcome(s, c, status);
    tell_breaker(s, c);
    if (status == OK) learn_about_account(s, c->sent.verdict);
}

/* It was not: this says nothing about the carrier. */
static void end_uncalled(struct outbox_sender *s, struct outbox_call *c, enum status status) {
    keep_outcome(s, c, status == E_INVALID ? E_INVALID : E_RETRY);
    breaker_withdrawn(s->round.breaker);
}

static void learn(struct outbox_sender *s, const struct http_done *done) {
    const struct channel *channel = s->round.room->channel;
    struct outbox_call *c = done->tag;
    enum status status = done->status;

    c->sent = (struct sent) { .status = MESSAGE_ACCEPTED };
    if (status == OK) {
        status = channel->answer(channel->ctx, c->arena, &c->out, &done->answer, &c->sent, NULL);
    } else {
        c->sent.verdict = VERDICT_RETRY;
        if (status != E_RETRY) status = E_UNCERTAIN;
    }
    end_call(s, c, status);
}

static void start(struct outbox_sender *s, struct outbox_call *c) {
    const struct channel *channel = s->round.room->channel;
    enum status status;

    c->sent = (struct sent) { .status = MESSAGE_ACCEPTED };
    if (channel->send) {
        struct channel_call call = { s->round.db, c->arena, NULL, clock_now_us(s->clock) };
        status = channel->send(channel->ctx, &call, &c->out, &c->sent, NULL);
        end_call(s, c, status);
        return;
    }
    status = channel->request(channel->ctx, c->arena, &c->out, &c->request, NULL);
    if (status == OK) status = http_multi_add(s->multi, c->arena, &c->request, c, NULL);
    if (status != OK) end_uncalled(s, c, status);
}

static void start_all(struct outbox_sender *s) {
    for (size_t i = 0; i < OUTBOX_CALLS_MAX; i++) {
        struct outbox_call *c = &s->round.calls[i];
        if (c->taken && !c->started) {
            c->started = true;
            start(s, c);
        }
    }
}

static int64_t shorter(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* How long there is nothing to do, unless an answer or a wake comes. */
static enum status idle_time(struct outbox_sender *s, int64_t *wait_us, struct err *e) {
    int64_t paused_us = outbox_sender_paused_until_us(s), due_us = INT64_MAX;
    enum status status;

    *wait_us = shorter(*wait_us, POLL_US);
    if (paused_us) *wait_us = shorter(*wait_us, paused_us - clock_monotonic_us());
    status = outbox_round_next_us(&s->round, &due_us, e);
    if (status != OK || due_us == INT64_MAX) return status;
    due_us -= clock_now_us(s->clock);
    *wait_us = due_us > 0 ? shorter(*wait_us, due_us) : 0;
    return OK;
}

/* After a clock was set back, what waits for a time that is far away again waits no longer than it was to. */
static enum status follow_clock(struct outbox_sender *s, struct err *e) {
    int64_t offset_us = clock_offset_us(s), by_us = offset_us - s->clock_offset_us;
    enum status status = OK;

    if (by_us < -CLOCK_STEP_US && (status = db_begin(s->round.db, e)) == OK)
        status = db_finish(s->round.db, outbox_shift(s->round.db, by_us, e), e);
    if (status != OK) return status;
    if (by_us < -CLOCK_STEP_US) s->round.rate_next_us = 0;
    s->clock_offset_us = offset_us;
    return OK;
}

enum status outbox_round(struct outbox_sender *s, int64_t wait_us_max, bool takes, int *did, struct err *e) {
    struct http_done done[OUTBOX_CALLS_MAX];
    int64_t wait_us = s->round.ended ? 0 : wait_us_max;
    int count_done = 0;
    enum status status = follow_clock(s, e);

    if (status == OK && takes && wait_us > 0) status = idle_time(s, &wait_us, e);
    if (did) *did = 0;
    if (status != OK) return status;
    size_t count = http_multi_wait(s->multi, wait_us, done, COUNT_OF(done));
    for (size_t i = 0; i < count; i++)
        if (done[i].tag) learn(s, &done[i]);
    status = outbox_round_commit(&s->round, clock_now_us(s->clock), takes, &count_done, e);
    if (did) *did = count_done;
    if (status == OK) start_all(s);
    return status;
}

enum status outbox_run_due(struct messaging *room, struct db *db, struct arena *arena,
                           const struct clock *clock, int *did, struct err *e) {
    struct outbox_sender *sender;
    enum status s = outbox_sender_new(room, db, clock, arena, &sender, e);
    int now = 1;

    *did = 0;
    if (s != OK) return s;
    while (s == OK && (now > 0 || outbox_under_way(sender))) {
        s = outbox_round(sender, outbox_under_way(sender) ? POLL_US : 0, true, &now, e);
        *did += now;
    }
    outbox_sender_free(sender);
    return s;
}
