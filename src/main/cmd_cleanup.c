#include "main/app.h"
#include "main/command.h"
#include "main/maintenance.h"

#include <stdio.h>

static int run(const struct command *c, int argc, char **argv) {
    struct app app;
    struct err e = { 0 };
    enum status s;

    (void)argv;
    if (argc > 1) return command_usage_no_more(c);
    if ((s = app_open(&app, APP_DATABASE, &e)) == OK) {
        s = maintenance_round(app.db, clock_now_us(&app.clock), &e);
        app_close(&app);
    }
    if (s != OK) return command_failed(c, s, &e);
    command_say(
        "Les sessions expirées, les vieux essais de connexion, les travaux finis et les vieux appels de modèles sont jetés.",
        "Expired sessions, old failed sign-ins, finished jobs and old calls of models are gone.");
    return EXIT_DONE;
}

const struct command command_cleanup = {
    .name = "cleanup",
    .summary = { "Jeter les sessions expirées, les vieux essais de connexion et les travaux finis",
                 "Throw away expired sessions, old failed sign-ins and finished jobs" },
    .usage = { "", "" },
    .help = { "Un serveur en marche le fait lui-même une fois par jour.\n",
              "A running server does this by itself once a day.\n" },
    .run = run,
};
