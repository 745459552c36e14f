/*
 * cmd_serve -- HTTP API, job workers and scheduler in one process, until SIGTERM or SIGINT.
 */
#include "base/log.h"
#include "main/options.h"
#include "main/restart.h"
#include "main/service.h"
#include "os/sandbox.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void announce(const struct service *v) {
    struct str address = http_server_address(v->server);
    printf("listening on %.*s\n", STR_ARG(address));
    fflush(stdout);
    log_fields(LOG_INFO, "started", LOG_INT("pid", getpid()));
}

/* Without the sandbox no document is opened: better said now than with the first one that waits in vain. */
static void warn_without_sandbox(void) {
    if (sandbox_landlock_abi() > 0) return;
    command_say(
        "Attention : ce noyau (ou ce conteneur) ne permet pas Landlock. Aucun document ne pourra être lu ; tout le reste "
        "fonctionne. Il faut Linux 5.13 ou plus, avec Landlock activé (lsm=landlock).",
        "Warning: this kernel (or container) does not allow Landlock. No document can be read; everything else works. Linux "
        "5.13 or later is needed, with Landlock enabled (lsm=landlock).");
    log_fields(LOG_WARN, "no_sandbox", LOG_INT("landlock_abi", 0));
}

/* A terminal that was closed sends SIGHUP as well, and nobody wants what ran in it to go on without it. */
static bool has_terminal(void) {
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (fd >= 0) close(fd);
    return fd >= 0;
}

/* Waits for a signal that ends this run. True: the program is to start again. */
static bool wait_for_end(struct service *v, struct restart *again) {
    bool terminal = has_terminal();

    for (int received;;) {
        struct err e = { 0 };
        sigwait(&v->stop_signals, &received);
        bool asked = received == SIGHUP && restart_was_asked(again);
        if (received != SIGHUP || (!asked && terminal && !has_terminal())) {
            log_fields(LOG_INFO, "stopping", LOG_INT("signal", received));
            return false;
        }
        enum status s = asked ? OK : restart_check(again, v->app.db, &e);
        if (s == OK) {
            log_fields(LOG_INFO, "restarting", LOG_INT("pid", getpid()));
            return true;
        }
        log_fields(LOG_ERROR, "restart_refused", LOG_TEXT("detail", e.detail));
    }
}

/* The address in force after the restart decides whether who connects meanwhile can wait for it. */
static void keep_sockets(struct service *v, const struct restart *again, int fds[HTTP_SOCKETS_MAX],
                         int *count) {
    struct config *would = arena_alloc(v->app.arena, sizeof *would);
    struct err e = { 0 };

    *count = 0;
    if (!would || config_load(v->app.arena, would, &e) != OK || !restart_stays_at(again, would->listen))
        return;
    if (http_server_keep_sockets(v->server, fds, count, &e) != OK)
        log_fields(LOG_WARN, "sockets_not_kept", LOG_TEXT("detail", e.detail));
}

/* Returns only when the program cannot be executed again. */
static void start_again(struct service *v, const struct restart *again) {
    int fds[HTTP_SOCKETS_MAX], count;

    keep_sockets(v, again, fds, &count);
    bool ended = service_drain(v); /* a job that does not end is run again later, as after a stop */
    restart_now(again, fds, count);
    command_say("Le programme n’a pas pu être relancé.", "The program could not be started again.");
    if (!ended) _exit(EXIT_FAILED);
}

static int serve(const struct command *c, bool migrate, char **arguments) {
    struct service v;
    struct restart again;
    struct err e = { 0 };
    enum status s = service_open(&v, migrate, &e);

    if (s == OK) s = restart_init(&again, &v.app, arguments, &e);
    if (s == OK) v.rooms.settings.restart = &again;
    if (s == OK) s = service_start_jobs(&v, &e);
    if (s == OK) s = service_open_site(&v, &e);
    if (s == OK) s = service_listen(&v, v.app.config.listen, &e);
    if (s == OK) {
        warn_without_sandbox();
        announce(&v);
        if (wait_for_end(&v, &again)) {
            start_again(&v, &again);
            return EXIT_FAILED;
        }
    } else {
        command_failed(c, s, &e);
    }
    service_close(&v);
    return s == OK ? EXIT_DONE : EXIT_FAILED;
}

static int run(const struct command *c, int argc, char **argv) {
    bool no_migrate = false;
    const struct option_row rows[] = { { "no-migrate", NULL, &no_migrate }, { 0 } };
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (first < argc) return command_usage_no_more(c);
    return serve(c, !no_migrate, argv - 1);
}

const struct command command_serve = {
    .name = "serve",
    .summary = { "Servir l’API HTTP et faire les travaux", "Serve the HTTP API and run the jobs" },
    .usage = { "[--no-migrate]", "[--no-migrate]" },
    .help = { "  --no-migrate   s’arrêter avec un message si le schéma est plus ancien, au lieu de le mettre à jour\n"
              "\n"
              "Écoute sur MEDIRECORD_LISTEN (127.0.0.1:8000), garde tout dans MEDIRECORD_DATA_DIR (./data).\n"
              "SIGTERM ou Ctrl-C : ce qui est en cours est fini, puis le serveur s’arrête.\n"
              "SIGHUP : de même, puis il repart avec les réglages d’alors (sauf s’ils l’en empêcheraient).\n",
              "  --no-migrate   stop with a message when the schema is older, instead of upgrading it\n"
              "\n"
              "Listens on MEDIRECORD_LISTEN (127.0.0.1:8000), keeps everything in MEDIRECORD_DATA_DIR (./data).\n"
              "SIGTERM or Ctrl-C finishes what is under way and stops.\n"
              "SIGHUP does the same, and starts again with the settings of then (unless they would prevent it).\n" },
    .run = run,
};
