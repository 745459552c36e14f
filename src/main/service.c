#include "main/service.h"

#include "base/log.h"
#include "http/static_site.h"
#include "main/command.h"
#include "main/settings_store.h"
#include "os/file.h"

#include <stdio.h>
#include <unistd.h>

/* What a request or a job under way may still take after the signal. */
#define HTTP_GRACE_US (10 * SECOND_US)
#define JOB_GRACE_US  (20 * SECOND_US)

static struct str administrator(const struct service *v) {
    return v->app.config.admin_email.n ? v->app.config.admin_email : STR("admin@localhost");
}

static void block_signals(sigset_t *stop) {
    struct sigaction hangup;

    sigemptyset(stop);
    sigaddset(stop, SIGTERM);
    sigaddset(stop, SIGINT);
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN) sigaddset(stop, SIGHUP);
    pthread_sigmask(SIG_BLOCK, stop, NULL);
}

static enum status lock_data(struct service *v, struct err *e) {
    struct str path;
    enum status s;

    if ((s = app_make_data_dir(&v->app.config, e)) != OK) return s;
    if (!arena_printf(v->app.arena, &path, "%.*s/serve.lock", STR_ARG(v->app.config.data_dir)))
        return fail(e, E_LIMIT, NULL, "the data directory's path is too long");
    return file_lock(path.p, &v->lock_fd, e);
}

/* DATABASE_URL may lead out of the data directory, to a database that is served from another one. */
static enum status lock_database(struct service *v, struct err *e) {
    struct str path, url = v->app.config.database_url;
    struct err why = { 0 };

    if (!str_starts(url, STR("sqlite:"))) return OK;
    if (!arena_printf(v->app.arena, &path, "%.*s-serve.lock", STR_ARG(str_sub(url, 7, url.n))))
        return fail(e, E_LIMIT, NULL, "the database's path is too long");
    if (file_lock(path.p, &v->database_lock_fd, &why) != E_CONFLICT)
        return OK; /* opening it says what is wrong */
    if (e) *e = why;
    return E_CONFLICT;
}

static enum status first_administrator(struct service *v, struct err *e) {
    char password[TOKEN_TEXT_BYTES];
    const struct config *c = &v->app.config;
    enum status s = accounts_ensure_admin(&v->rooms.accounts, v->app.db, v->app.arena, c->admin_email,
                                          c->admin_password, clock_now_us(&v->app.clock), password, e);

    if (s == OK && password[0])
        printf(command_lang() == LANG_EN
                   ? "First account: %.*s, password: %s (shown once)\n"
                   : "Premier compte : %.*s, mot de passe : %s (affiché une seule fois)\n",
               STR_ARG(administrator(v)), password);
    crypto_wipe(password, sizeof password);
    return s;
}

enum status service_open(struct service *v, bool migrate, struct err *e) {
    enum status s;

    *v = (struct service) { .lock_fd = -1, .database_lock_fd = -1 };
    block_signals(&v->stop_signals);
    if ((s = app_open(&v->app, APP_CONFIG, e)) != OK) return s;
    if ((s = lock_data(v, e)) != OK || (s = lock_database(v, e)) != OK) return s;
    if ((s = app_open_database(&v->app, migrate, e)) != OK) return s;
    if ((s = settings_note_applied(v->app.db, clock_now_us(&v->app.clock), e)) != OK) return s;
    if (!(v->signal = job_signal_new())) return fail(e, E_INTERNAL, NULL, "no memory for the job signal");
    if ((s = rooms_init(&v->rooms, &v->app, v->signal, e)) != OK) return s;
    return first_administrator(v, e);
}

enum status service_open_beside(struct service *v, struct err *e) {
    enum status s;

    *v = (struct service) { .lock_fd = -1, .database_lock_fd = -1 };
    block_signals(&v->stop_signals);
    s = app_open(&v->app, APP_DATABASE, e);
    return s == OK ? rooms_init(&v->rooms, &v->app, NULL, e) : s;
}

enum status service_start_jobs(struct service *v, struct err *e) {
    int threads = v->app.config.workers + JOB_LIGHT_WORKERS;
    enum status s = rooms_start_jobs(&v->rooms, &v->app, e);

    if (s == OK) s = sending_start(&v->rooms.messaging, v->app.pool, &v->app.clock, &v->sending, e);
    return s == OK ? job_runner_start(v->app.pool, v->rooms.kinds, threads, v->signal, &v->app.clock,
                                      &v->runner, e)
                   : s;
}

enum status service_open_site(struct service *v, struct err *e) {
    struct err why = { 0 };
    enum status s = static_site_open(v->app.config.web_dir, &v->site, &why);

    if (s == E_NOT_FOUND) {
        command_say(
            "Le tableau de bord n’est pas construit : l’API seule répond. Pour l’avoir : make install-frontend.",
            "The dashboard is not built: the API alone answers. To have it: make install-frontend.");
        log_fields(LOG_WARN, "no_dashboard", LOG_INT("pid", getpid()));
        return OK;
    }
    if (s != OK && e) *e = why;
    return s;
}

enum status service_listen(struct service *v, struct str listen, struct err *e) {
    const struct http_options http = {
        .listen = listen,
        .public_url = v->app.config.public_url,
        .http_threads = v->app.config.http_threads,
        .request_workers = HTTP_REQUEST_WORKERS,
        .header_deadline_us = HTTP_HEADER_DEADLINE_US,
        .body_deadline_us = HTTP_BODY_DEADLINE_US,
        .sets = v->rooms.sets,
        .site = v->site,
        .auth = &v->rooms.authenticator,
        .watch = &v->rooms.metrics.http_watch,
        .clock = &v->app.clock,
        .db = v->app.pool,
    };
    return http_server_start(&http, &v->server, e);
}

enum status service_own_token(struct service *v, struct str name, char token[TOKEN_TEXT_BYTES],
                              struct err *e) {
    struct user u;
    enum status s = user_by_email(v->app.db, v->app.arena, administrator(v), &u, e);

    return s == OK ? accounts_token_create(&v->rooms.accounts, v->app.db, u.id, name, 0,
                                           clock_now_us(&v->app.clock), token, e)
                   : s;
}

bool service_drain(struct service *v) {
    event_hub_close(v->rooms.events);
    http_server_stop(v->server, HTTP_GRACE_US);
    static_site_free(v->site);
    if (!job_runner_stop(v->runner, JOB_GRACE_US)) {
        log_fields(LOG_WARN, "stopped with a job under way", LOG_INT("pid", getpid()));
        return false;
    }
    sending_stop(v->sending, JOB_GRACE_US);
    if (v->rooms.opened && accounts_flush_seen(&v->rooms.accounts, v->app.db, NULL) != OK)
        log_fields(LOG_WARN, "last_used_lost", LOG_INT("pid", getpid()));
    rooms_done(&v->rooms);
    job_signal_free(v->signal);
    app_close(&v->app);
    fd_close(&v->database_lock_fd);
    fd_close(&v->lock_fd);
    return true;
}

void service_close(struct service *v) {
    if (!service_drain(v)) _exit(EXIT_DONE);
}
