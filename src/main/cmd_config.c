#include "main/app.h"
#include "main/command.h"

#include <stdio.h>

enum { CONFIG_TEXT_MAX = 64 * 1024 };

static int run(const struct command *c, int argc, char **argv) {
    struct app app;
    struct err e = { 0 };
    struct buf out;
    enum status s;

    (void)argv;
    if (argc > 1) return command_usage_no_more(c);
    if ((s = app_open(&app, APP_CONFIG, &e)) != OK) return command_failed(c, s, &e);
    buf_init(&out, CONFIG_TEXT_MAX);
    config_print(&app.config, &out);
    fwrite(out.p ? out.p : "", 1, out.n, stdout);
    buf_done(&out);
    app_close(&app);
    return EXIT_DONE;
}

const struct command command_config = {
    .name = "config",
    .summary = { "Montrer les réglages en vigueur, les secrets masqués",
                 "Show the effective settings, secrets masked" },
    .usage = { "", "" },
    .help = { "Les réglages viennent de l'environnement, sinon de .env dans ce dossier, sinon des valeurs par défaut.\n",
              "Settings come from the environment, else from .env in this folder, else from the defaults.\n" },
    .run = run,
};
