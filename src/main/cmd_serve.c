/*
 * cmd_serve -- HTTP API, job workers and scheduler in one process, until SIGTERM or SIGINT.
 */
#include "base/log.h"
#include "main/app.h"
#include "main/options.h"
#include "main/rooms.h"
#include "os/file.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* What a request or a job under way may still take after the signal. */
#define HTTP_GRACE_US (10 * SECOND_US)
#define JOB_GRACE_US  (20 * SECOND_US)

struct service {
    struct app app;
    struct rooms rooms;
    struct job_signal *signal;
    struct job_runner *runner;
    struct http_server *server;
    int lock_fd;
};

/* Threads inherit the mask: signals reach sigwait() below and nobody else. */
static void block_signals(sigset_t *stop) {
    sigemptyset(stop);
    sigaddset(stop, SIGTERM);
    sigaddset(stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, stop, NULL);
}

static enum status lock_data(struct service *v, struct err *e) {
    struct str path;
    enum status s;

    if ((s = dir_make(v->app.config.data_dir.p, e)) != OK) return s;
    if (!arena_printf(v->app.arena, &path, "%.*s/serve.lock", STR_ARG(v->app.config.data_dir)))
        return fail(e, E_LIMIT, NULL, "the data directory's path is too long");
    return file_lock(path.p, &v->lock_fd, e);
}

static enum status first_administrator(struct service *v, struct err *e) {
    char password[TOKEN_TEXT_BYTES];
    const struct config *c = &v->app.config;
    enum status s = accounts_ensure_admin(&v->rooms.accounts, v->app.db, v->app.arena, c->admin_email,
                                          c->admin_password, clock_now_us(&v->app.clock), password, e);

    if (s == OK && password[0]) {
        struct str email = c->admin_email.n ? c->admin_email : STR("admin@localhost");
        printf(command_lang() == LANG_EN
                   ? "First account: %.*s, password: %s (shown once)\n"
                   : "Premier compte : %.*s, mot de passe : %s (affiché une seule fois)\n",
               STR_ARG(email), password);
    }
    crypto_wipe(password, sizeof password);
    return s;
}

static enum status start(struct service *v, struct err *e) {
    const struct config *c = &v->app.config;
    enum status s;

    if (!(v->signal = job_signal_new())) return fail(e, E_INTERNAL, NULL, "no memory for the job signal");
    if ((s = rooms_init(&v->rooms, &v->app, v->signal, e)) != OK) return s;
    if ((s = first_administrator(v, e)) != OK) return s;
    if ((s = rooms_start_jobs(&v->rooms, &v->app, e)) != OK) return s;
    if ((s = job_runner_start(v->app.pool, v->rooms.kinds, c->workers, v->signal, &v->app.clock, &v->runner,
                              e)) != OK)
        return s;
    const struct http_options http = {
        .listen = c->listen,
        .public_url = c->public_url,
        .http_threads = c->http_threads,
        .request_workers = HTTP_REQUEST_WORKERS,
        .header_deadline_us = HTTP_HEADER_DEADLINE_US,
        .body_deadline_us = HTTP_BODY_DEADLINE_US,
        .sets = v->rooms.sets,
        .auth = &v->rooms.authenticator,
        .clock = &v->app.clock,
        .db = v->app.pool,
    };
    return http_server_start(&http, &v->server, e);
}

static void announce(const struct service *v) {
    struct str address = http_server_address(v->server);
    printf("listening on %.*s\n", STR_ARG(address));
    fflush(stdout);
    log_fields(LOG_INFO, "started", LOG_INT("pid", getpid()));
}

static void stop(struct service *v) {
    http_server_stop(v->server, HTTP_GRACE_US);
    if (!job_runner_stop(v->runner, JOB_GRACE_US)) {
        /* A job does not end: its lease will expire, and it runs again at the next start. */
        log_fields(LOG_WARN, "stopped with a job under way", LOG_INT("pid", getpid()));
        _exit(EXIT_DONE);
    }
    rooms_done(&v->rooms);
    job_signal_free(v->signal);
    log_fields(LOG_INFO, "stopped", LOG_INT("pid", getpid()));
    app_close(&v->app);
    fd_close(&v->lock_fd);
}

static int serve(const struct command *c, bool migrate) {
    struct service v = { 0 };
    struct err e = { 0 };
    sigset_t signals;
    int received;
    enum status s;

    v.lock_fd = -1;
    block_signals(&signals);
    if ((s = app_open(&v.app, APP_CONFIG, &e)) != OK) return command_failed(c, s, &e);
    s = lock_data(&v, &e);
    if (s == OK) s = app_open_database(&v.app, migrate, &e);
    if (s == OK) s = start(&v, &e);
    if (s == OK) {
        announce(&v);
        sigwait(&signals, &received);
    } else {
        command_failed(c, s, &e);
    }
    stop(&v);
    return s == OK ? EXIT_DONE : EXIT_FAILED;
}

static int run(const struct command *c, int argc, char **argv) {
    bool no_migrate = false;
    const struct option_row rows[] = { { "no-migrate", NULL, &no_migrate }, { 0 } };
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (first < argc) return command_usage(c, "no other arguments are expected");
    return serve(c, !no_migrate);
}

const struct command command_serve = {
    .name = "serve",
    .summary = "Serve the HTTP API and run the jobs",
    .usage = "[--no-migrate]",
    .help =
        "  --no-migrate   stop with a message when the schema is older, instead of upgrading it\n\n"
        "Listens on MEDIRECORD_LISTEN (127.0.0.1:8000), keeps everything in MEDIRECORD_DATA_DIR (./data).\n"
        "SIGTERM or Ctrl-C finishes what is under way and stops.\n",
    .run = run,
};
