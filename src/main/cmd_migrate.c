#include "main/app.h"
#include "main/options.h"

#include <stdio.h>

static int run(const struct command *c, int argc, char **argv) {
    struct app app;
    struct err e = { 0 };
    enum status s;
    int code = options_none(c, argc, argv);

    if (code != EXIT_DONE) return code;
    if ((s = app_open(&app, APP_MIGRATE, &e)) != OK) return command_failed(c, s, &e);
    command_say("La base de données a le schéma de ce programme.",
                "The database has the schema of this program.");
    app_close(&app);
    return EXIT_DONE;
}

const struct command command_migrate = {
    .name = "migrate",
    .summary = { "Créer le schéma de la base de données ou le mettre à jour",
                 "Create or upgrade the database schema" },
    .usage = { "", "" },
    .help = { "Chaque migration a lieu une fois, dans une transaction. `serve` le fait aussi, sauf --no-migrate.\n",
              "Each migration runs once, in a transaction. `serve` does this too unless --no-migrate.\n" },
    .run = run,
};
