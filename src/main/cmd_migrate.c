#include "main/app.h"
#include "main/command.h"

#include <stdio.h>

static int run(const struct command *c, int argc, char **argv) {
    struct app app;
    struct err e = { 0 };
    enum status s;

    (void)argv;
    if (argc > 1) return command_usage(c, "no arguments are expected");
    if ((s = app_open(&app, APP_MIGRATE, &e)) != OK) return command_failed(c, s, &e);
    puts("The database has the schema of this program.");
    app_close(&app);
    return EXIT_DONE;
}

const struct command command_migrate = {
    .name = "migrate",
    .summary = "Create or upgrade the database schema",
    .usage = "",
    .help = "Each migration runs once, in a transaction. `serve` does this too unless --no-migrate.\n",
    .run = run,
};
