#include "test.h"

#include "base/buf.h"
#include "base/config.h"
#include "base/dotenv.h"
#include "base/json_out.h"
#include "base/utf8.h"
#include "db/db.h"
#include "db/migrate.h"
#include "fault/fault.h"
#include "jobs/job.h"
#include "models/provider.h"
#include "support/temp_db.h"

#include <stdlib.h>

/* Runs a scenario until no allocation fails in it any more; it answers whether it did its work. */
static void with_each_allocation_failing(bool (*scenario)(void), int least) {
    int n = 1;
    for (;; n++) {
        fault_arm(n);
        bool done = scenario();
        bool fired = fault_fired();
        fault_arm(0);
        if (!fired) {
            assert_true(done);
            break;
        }
        if (done) fail_msg("allocation %d failed and nobody noticed", n);
    }
    assert_true(n > least); /* it did allocate */
}

static bool use_arena(void) {
    struct arena *a = arena_new(1 << 20);
    struct str s;
    if (!a) return false;
    bool ok = arena_alloc(a, 100000) && arena_array(a, 1000, 100) && arena_dup(a, STR("text"), &s) &&
              arena_printf(a, &s, "%040000d", 1) && arena_cstr(a, s);
    arena_reset(a);
    ok = ok && arena_alloc(a, 30000);
    arena_free(a);
    return ok;
}

static void arenas(void **state) {
    (void)state;
    with_each_allocation_failing(use_arena, 5);
}

static bool use_json(void) {
    struct buf b;
    buf_init(&b, 1 << 20);
    struct json_out j = json_out_to(&b);
    json_put_array(&j);
    for (int i = 0; i < 1000; i++) json_put_str(&j, STR("é\n\x01"));
    json_put_array_end(&j);
    buf_addf(&b, "%02000d", 1);
    bool ok = buf_ok(&b);
    if (!ok) {
        buf_clear(&b);
        buf_add(&b, STR("still usable"));
        if (!buf_ok(&b)) fail_msg("a buffer did not recover");
    }
    buf_done(&b);
    return ok;
}

static void buffers(void **state) {
    (void)state;
    with_each_allocation_failing(use_json, 5);
}

static enum status ignore(void *ctx, struct str name, struct str value, int line, struct err *e) {
    (void)ctx, (void)name, (void)value, (void)line, (void)e;
    return OK;
}

static bool use_text(void) {
    struct arena *a = arena_new(1 << 20);
    struct str out;
    struct err e = { 0 };
    if (!a) return false;
    char *big = arena_alloc(a, 20000);
    if (big) memset(big, 'x', 20000);
    struct str text = { big, 20000 };
    bool ok = big && utf8_fold(a, text, &out) && utf8_clean(a, text, &out) &&
              utf8_fold(a, STR("αβγ"), &out) && dotenv_parse(a, STR("A='b'\nC=d\n"), ignore, NULL, &e) == OK;
    arena_free(a);
    return ok;
}

static void texts(void **state) {
    (void)state;
    with_each_allocation_failing(use_text, 2);
}

static bool use_config(void) {
    struct arena *a = arena_new(1 << 20);
    struct config c;
    struct err e = { 0 };
    if (!a) return false;
    bool ok = config_load(a, &c, &e) == OK;
    arena_free(a);
    return ok;
}

static void settings(void **state) {
    (void)state;
    with_each_allocation_failing(use_config, 2);
}

/* A request that is written whole, or known not to be; an answer that is read whole, or not believed. */
static bool use_generator(const struct generator_wire *wire, struct str answer) {
    const struct generation_request rq = {
        .instruction = STR("Be brief."), .content = STR("What?"), .schema = STR("{}"), .tokens_max = 9
    };
    const struct generation_task task = { &rq, STR("gemini-3.5-flash"), STR("h"), 9, true };
    struct generation g = { .json = STR("") };
    struct arena *a = arena_new(1 << 20);
    struct buf b;

    if (!a) return false;
    buf_init(&b, 1 << 20);
    wire->write(&task, &b);
    json_t *written = wire_json(buf_str(&b));
    if (buf_ok(&b) && !written) fail_msg("half a request passes for a whole one");
    json_decref(written);
    bool ok = buf_ok(&b) && wire->read(a, answer, &g) == GENERATED && str_eq(g.json, STR("{}"));
    buf_done(&b);
    arena_free(a);
    return ok;
}

static bool use_gemini(void) {
    return use_generator(&gemini_generator_wire,
                         STR("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":"
                             "\"{\"},{\"text\":\"}\"}]},\"finishReason\":\"STOP\"}]}"));
}

static bool use_openai(void) {
    return use_generator(&openai_generator_wire, STR("{\"choices\":[{\"message\":{\"content\":\"{}\"}}]}"));
}

static bool use_embedder(void) {
    static const struct embedding_text text = { { "title", 5 }, { "text", 4 } };
    const struct embedding_task task = { EMBED_PASSAGE, &text, 1, STR("gemini-embedding-2") };
    struct embedding out = { 0 };
    struct arena *a = arena_new(1 << 20);
    struct buf b;

    if (!a) return false;
    buf_init(&b, 1 << 20);
    gemini_embedder_wire.write(&task, &b);
    json_t *written = wire_json(buf_str(&b));
    if (buf_ok(&b) && !written) fail_msg("half a request passes for a whole one");
    json_decref(written);
    bool ok = buf_ok(&b) &&
              openai_embedder_wire.read(a, STR("{\"data\":[{\"embedding\":[3,4]}]}"), 1, &out, NULL) == OK;
    buf_done(&b);
    arena_free(a);
    return ok;
}

static void models(void **state) {
    (void)state;
    with_each_allocation_failing(use_gemini, 2);
    with_each_allocation_failing(use_openai, 2);
    with_each_allocation_failing(use_embedder, 3);
}

static struct temp_db t;

static int start(void **state) {
    (void)state;
    temp_db_open(&t);
    return 0;
}

static int stop(void **state) {
    (void)state;
    temp_db_close(&t);
    return 0;
}

static enum status run(struct job_context *c, const struct job *job, struct err *e) {
    struct str out;
    return arena_dup(c->arena, job->payload, &out) ? OK : fail(e, E_INTERNAL, NULL, "no memory");
}

static const struct job_kind kinds[] = { { "work", run, NULL, NULL, MINUTE_US, 3, 0 }, { 0 } };

/* Opens the database again, adds a job and finds it. */
static bool use_database(void) {
    struct db_pool *pool = NULL;
    struct db *db = NULL;
    struct err e = { 0 };
    enum status s = db_pool_open(str_from_c(t.url), false, &pool, &e);
    if (s == OK) s = db_schema_check(pool, &e);
    if (s == OK) s = db_open(pool, &db, &e);
    if (s == OK && (s = db_begin(db, &e)) == OK) {
        s = job_add(db, NULL, STR("work"), STR("{}"), 0, STR(""), 1, &e);
        s = db_finish(db, s, &e);
    }
    db_close(db);
    db_pool_close(pool);
    return s == OK;
}

static void the_database(void **state) {
    (void)state;
    with_each_allocation_failing(use_database, 5);
}

/* A runner that starts half-way must stop the half that it started. */
static bool use_runner(void) {
    struct job_signal *signal = job_signal_new();
    struct clock clock = clock_system();
    struct job_runner *runner = NULL;
    struct err e = { 0 };
    if (!signal) return false;
    enum status s = job_runner_start(t.pool, kinds, 3, signal, &clock, &runner, &e);
    if (!job_runner_stop(runner, MINUTE_US)) fail_msg("the runner did not stop");
    job_signal_free(signal);
    return s == OK;
}

static void the_runner(void **state) {
    (void)state;
    with_each_allocation_failing(use_runner, 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arenas),
        cmocka_unit_test(buffers),
        cmocka_unit_test(texts),
        cmocka_unit_test(settings),
        cmocka_unit_test(models),
        cmocka_unit_test_setup_teardown(the_database, start, stop),
        cmocka_unit_test_setup_teardown(the_runner, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
