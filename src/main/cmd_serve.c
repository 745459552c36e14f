/*
 * cmd_serve -- HTTP API, job workers and scheduler in one process, until SIGTERM or SIGINT.
 */
#include "base/log.h"
#include "main/options.h"
#include "main/service.h"
#include "os/sandbox.h"

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

static int serve(const struct command *c, bool migrate) {
    struct service v;
    struct err e = { 0 };
    int received;
    enum status s = service_open(&v, migrate, &e);

    if (s == OK) s = service_start_jobs(&v, &e);
    if (s == OK) s = service_open_site(&v, &e);
    if (s == OK) s = service_listen(&v, v.app.config.listen, &e);
    if (s == OK) {
        warn_without_sandbox();
        announce(&v);
        sigwait(&v.stop_signals, &received);
        log_fields(LOG_INFO, "stopping", LOG_INT("signal", received));
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
    return serve(c, !no_migrate);
}

const struct command command_serve = {
    .name = "serve",
    .summary = { "Servir l'API HTTP et faire les travaux", "Serve the HTTP API and run the jobs" },
    .usage = { "[--no-migrate]", "[--no-migrate]" },
    .help = { "  --no-migrate   s'arrêter avec un message si le schéma est plus ancien, au lieu de le mettre à jour\n"
              "\n"
              "Écoute sur MEDIRECORD_LISTEN (127.0.0.1:8000), garde tout dans MEDIRECORD_DATA_DIR (./data).\n"
              "SIGTERM ou Ctrl-C : ce qui est en cours est fini, puis le serveur s'arrête.\n",
              "  --no-migrate   stop with a message when the schema is older, instead of upgrading it\n"
              "\n"
              "Listens on MEDIRECORD_LISTEN (127.0.0.1:8000), keeps everything in MEDIRECORD_DATA_DIR (./data).\n"
              "SIGTERM or Ctrl-C finishes what is under way and stops.\n" },
    .run = run,
};
