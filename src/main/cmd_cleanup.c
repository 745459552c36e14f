#include "main/app.h"
#include "main/maintenance.h"
#include "main/options.h"

#include <stdio.h>

static int run(const struct command *c, int argc, char **argv) {
    struct app app;
    struct err e = { 0 };
    enum status s;
    int code = options_none(c, argc, argv);

    if (code != EXIT_DONE) return code;
    if ((s = app_open(&app, APP_DATABASE, &e)) == OK) {
        const struct retention kept = retention_of(&app.config);
        s = maintenance_round(app.db, &kept, clock_now_us(&app.clock), &e);
        app_close(&app);
    }
    if (s != OK) return command_failed(c, s, &e);
    command_say(
        "Les sessions expirées, les vieux essais de connexion, les travaux finis, les vieux appels de modèles et les vieilles mesures sont jetés.",
        "Expired sessions, old failed sign-ins, finished jobs, old calls of models and old metrics are gone.");
    return EXIT_DONE;
}

const struct command command_cleanup = {
    .name = "cleanup",
    .summary = { "Jeter les sessions expirées, les vieux essais de connexion, les travaux finis et les vieilles mesures",
                 "Throw away expired sessions, old failed sign-ins, finished jobs and old metrics" },
    .usage = { "", "" },
    .help = { "Un serveur en marche le fait lui-même une fois par jour. Combien de temps chaque chose est gardée se règle\n"
              "(METRICS_RETENTION_DAYS, MODEL_CALL_RETENTION_DAYS, JOB_RETENTION_DAYS, BACKUP_LIST_RETENTION_DAYS), dans .env ou\n"
              "au tableau de bord. Le journal d’audit reste toujours.\n",
              "A running server does this by itself once a day. How long each is kept is a setting (METRICS_RETENTION_DAYS,\n"
              "MODEL_CALL_RETENTION_DAYS, JOB_RETENTION_DAYS, BACKUP_LIST_RETENTION_DAYS), in .env or in the dashboard. The audit\n"
              "log stays for ever.\n" },
    .run = run,
};
