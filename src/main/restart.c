#include "main/restart.h"

#include "base/log.h"
#include "http/static_site.h"
#include "main/settings_store.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { TRIAL_BYTES = 8 * 1024 * 1024, FIRST_PASSED_FD = 3, NUMBER_BYTES = 32 };

static const struct message other_clinic = {
    "restart_other_data",
    "Le dossier, la base ou la clé des données ont été changés dans .env : pour cela, le serveur doit être redémarré à la main.",
    "The folder, database or key of the data were changed in .env: for that the server has to be restarted by hand."
};
static const struct message no_program = {
    "restart_no_program",
    "Le programme n’est plus à sa place : rien n’a été arrêté. Demandez à la personne qui l’a installé.",
    "The program is no longer in its place: nothing was stopped. Ask who installed it."
};
static const struct message no_log = { "restart_no_log",
                                       "Le journal {} ne peut pas être écrit : rien n’a été arrêté.",
                                       "The log {} cannot be written: nothing was stopped." };

enum status restart_init(struct restart *r, const struct app *app, char **arguments, struct err *e) {
    *r = (struct restart) { .app = app, .arguments = arguments };
    ssize_t n = readlink("/proc/self/exe", r->program, sizeof r->program - 1);
    if (n <= 0) return fail_errno(e, E_INTERNAL, NULL, "the program's own file is not known");
    r->program[n] = '\0';
    return OK;
}

/* ---- would it start? ---- */

static bool is_same_data(const struct config *a, const struct config *b) {
    const struct str key_a = { (const char *)a->root_key.b, sizeof a->root_key.b };
    const struct str key_b = { (const char *)b->root_key.b, sizeof b->root_key.b };
    return str_eq(a->data_dir, b->data_dir) && str_eq(a->database_url, b->database_url) &&
           crypto_equal(key_a, key_b);
}

static enum status try_log(const struct config *would, struct arena *arena, struct err *e) {
    const char *path = would->log_file.n ? arena_cstr(arena, would->log_file) : NULL;
    if (!path) return OK;
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0) {
        close(fd);
        return OK;
    }
    enum status s = fail_errno(e, E_INVALID, &no_log, "the log file cannot be opened");
    err_arg(e, would->log_file);
    return s;
}

/* Without the dashboard a server starts as well. */
static enum status try_site(const struct config *would, struct err *e) {
    struct static_site *site = NULL;
    struct err why = { 0 };
    enum status s = static_site_open(would->web_dir, &site, &why);

    static_site_free(site);
    if (s == OK || s == E_NOT_FOUND) return OK;
    if (e) *e = why;
    return s;
}

/* Everything that is built of settings, as a start does it. */
static enum status try_rooms(struct app *trial, struct err *e) {
    struct rooms *rooms = arena_alloc(trial->arena, sizeof *rooms);
    if (!rooms) return fail(e, E_LIMIT, NULL, "no memory to try the settings");
    enum status s = rooms_init(rooms, trial, NULL, e);
    if (s == OK) rooms_done(rooms);
    return s;
}

bool restart_stays_at(const struct restart *r, struct str listen) {
    return http_sockets_are_passed() || str_eq(listen, r->app->config.listen);
}

static enum status check(const struct restart *r, struct app *trial, struct err *e) {
    struct config *would = &trial->config;
    enum status s = config_load(trial->arena, would, e);

    if (s == OK) s = config_load_key(would, false, e);
    if (s == OK && !is_same_data(would, &r->app->config))
        s = fail(e, E_CONFLICT, &other_clinic, "the place of the data was changed");
    if (s == OK) s = settings_load(trial->db, trial->arena, would, e);
    if (s == OK) s = try_log(would, trial->arena, e);
    if (s == OK) s = try_site(would, e);
    if (s == OK) s = try_rooms(trial, e);
    if (s == OK && !restart_stays_at(r, would->listen))
        s = http_listen_try(would->listen, r->app->config.listen, e);
    return s;
}

enum status restart_check(const struct restart *r, struct db *db, struct err *e) {
    struct app trial = {
        .arena = arena_new(TRIAL_BYTES), .clock = r->app->clock, .pool = r->app->pool, .db = db
    };
    enum status s;

    if (!trial.arena) return fail(e, E_LIMIT, NULL, "no memory to try the settings");
    s = access(r->program, X_OK) == 0
            ? check(r, &trial, e)
            : fail_errno(e, E_CONFLICT, &no_program, "the program's file cannot be executed");
    crypto_wipe(&trial.config.root_key, sizeof trial.config.root_key);
    arena_free(trial.arena);
    return s;
}

/* ---- asking ---- */

void restart_ask(struct restart *r) {
    atomic_store(&r->asked, true);
    kill(getpid(), SIGHUP);
}

bool restart_was_asked(struct restart *r) {
    return atomic_exchange(&r->asked, false);
}

/* ---- doing ---- */

/* The environment of the program that follows: ours, with what tells of sockets (sd_listen_fds(3)) said anew. */
struct environment {
    char pid[NUMBER_BYTES], count[NUMBER_BYTES], names[64];
    char **words; /* of malloc, up to NULL */
};

static bool tells_of_sockets(const char *word, bool names_too) {
    struct str w = str_from_c(word);
    return str_starts(w, STR("LISTEN_PID=")) || str_starts(w, STR("LISTEN_FDS=")) ||
           (names_too && str_starts(w, STR("LISTEN_FDNAMES=")));
}

static bool fill_environment(struct environment *env, int fd_count) {
    bool passed = http_sockets_are_passed();
    size_t n = 0;

    for (char **w = environ; *w; w++) n++;
    env->words = calloc(n + 4, sizeof *env->words);
    if (!env->words) return false;
    n = 0;
    for (char **w = environ; *w; w++)
        if (!tells_of_sockets(*w, !passed)) env->words[n++] = *w;
    if (fd_count == 0) return true;
    snprintf(env->pid, sizeof env->pid, "LISTEN_PID=%ld", (long)getpid());
    snprintf(env->count, sizeof env->count, "LISTEN_FDS=%d", fd_count);
    env->words[n++] = env->pid;
    env->words[n++] = env->count;
    snprintf(env->names, sizeof env->names, "LISTEN_FDNAMES=%s", HTTP_SOCKETS_NAME);
    if (!passed) env->words[n++] = env->names;
    return true;
}

void restart_now(const struct restart *r, const int *fds, int fd_count) {
    struct environment env = { 0 };

    for (int i = 0; i < fd_count; i++) dup2(fds[i], FIRST_PASSED_FD + i); /* without close-on-exec */
    if (!fill_environment(&env, fd_count)) return;
    execve(r->program, r->arguments, env.words);
    execve("/proc/self/exe", r->arguments,
           env.words); /* its file was taken away meanwhile: the old one is still there */
    free(env.words);
}
