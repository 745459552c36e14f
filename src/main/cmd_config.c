#include "main/app.h"
#include "main/options.h"

#include <stdio.h>

enum { CONFIG_TEXT_MAX = 64 * 1024 };

/* With what was saved in the dashboard, where there is a database to ask. */
static enum status open_settings(struct app *app, struct err *e) {
    struct err why = { 0 };
    enum status s = app_open(app, APP_CONFIG, e);

    if (s != OK || app_open_database(app, false, &why) == OK) return s;
    command_say(
        "La base n'a pas pu être ouverte : ce qui est enregistré dans le tableau de bord n'est pas compté.",
        "The database could not be opened: what is saved in the dashboard is not counted.");
    return OK;
}

static int run(const struct command *c, int argc, char **argv) {
    bool sources = false;
    const struct option_row rows[] = { { "sources", NULL, &sources }, { 0 } };
    struct app app;
    struct err e = { 0 };
    struct buf out;
    enum status s;
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (first < argc) return command_usage_no_more(c);
    if ((s = open_settings(&app, &e)) != OK) return command_failed(c, s, &e);
    buf_init(&out, CONFIG_TEXT_MAX);
    config_print(&app.config, sources, &out);
    fwrite(out.p ? out.p : "", 1, out.n, stdout);
    buf_done(&out);
    app_close(&app);
    return EXIT_DONE;
}

const struct command command_config = {
    .name = "config",
    .summary = { "Montrer les réglages en vigueur, les secrets masqués",
                 "Show the effective settings, secrets masked" },
    .usage = { "[--sources]", "[--sources]" },
    .help = { "  --sources   dire derrière chacun d'où il vient : environment, file, dashboard ou default\n\n"
              "Les réglages viennent de l'environnement, sinon de .env dans ce dossier, sinon de ce qui est enregistré\n"
              "dans le tableau de bord, sinon des valeurs par défaut. C'est ce qu'un programme qui démarre maintenant prend ;\n"
              "« medirecord doctor » dit si le serveur en a un autre.\n",
              "  --sources   say behind each where it comes from: environment, file, dashboard or default\n\n"
              "Settings come from the environment, else from .env in this folder, else from what is saved in the\n"
              "dashboard, else from the defaults. It is what a program that starts now takes; `medirecord doctor` says\n"
              "whether the server has another.\n" },
    .run = run,
};
