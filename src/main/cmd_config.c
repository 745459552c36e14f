#include "main/app.h"
#include "main/options.h"
#include "main/settings_store.h"

#include <stdio.h>

enum { CONFIG_TEXT_MAX = 64 * 1024 };

/* With what was saved in the dashboard, where there is a database to ask. */
static enum status open_settings(struct app *app, struct err *e) {
    struct err why = { 0 };
    enum status s = app_open(app, APP_CONFIG, e);

    if (s != OK || app_open_database(app, false, &why) == OK) return s;
    command_say(
        "La base n’a pas pu être ouverte : ce qui est enregistré dans le tableau de bord n’est pas compté.",
        "The database could not be opened: what is saved in the dashboard is not counted.");
    return OK;
}

/* Also one that keeps every program from starting: it is not laid over the others first. */
static int reset_setting(const struct command *c, struct str name) {
    struct app app;
    struct err e = { 0 };
    enum status s = app_open(&app, APP_CONFIG, &e);

    if (s != OK) return command_failed(c, s, &e);
    s = app_open_database_alone(&app, false, &e);
    if (s == OK) s = settings_reset(app.db, app.arena, name, clock_now_us(&app.clock), &e);
    app_close(&app);
    if (s != OK) return command_failed(c, s, &e);
    command_say("C’est de nouveau la valeur par défaut (ou celle de .env), dès que le serveur redémarre.",
                "It is the default again (or what .env says) as soon as the server starts again.");
    return EXIT_DONE;
}

static int run(const struct command *c, int argc, char **argv) {
    bool sources = false;
    const char *reset = NULL;
    const struct option_row rows[] = { { "sources", NULL, &sources }, { "reset", &reset, NULL }, { 0 } };
    struct app app;
    struct err e = { 0 };
    struct buf out;
    enum status s;
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (first < argc) return command_usage_no_more(c);
    if (reset) return reset_setting(c, str_from_c(reset));
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
    .usage = { "[--sources | --reset NOM]", "[--sources | --reset NAME]" },
    .help = { "  --sources     dire derrière chacun d’où il vient : environment, file, dashboard ou default\n"
              "  --reset NOM   oublier ce qui est enregistré dans le tableau de bord pour ce réglage (EMERGENCY_NUMBER…),\n"
              "                même s’il empêche de démarrer\n\n"
              "Les réglages viennent de l’environnement, sinon de .env dans ce dossier, sinon de ce qui est enregistré\n"
              "dans le tableau de bord, sinon des valeurs par défaut. C’est ce qu’un programme qui démarre maintenant prend ;\n"
              "« medirecord doctor » dit si le serveur en a un autre.\n",
              "  --sources      say behind each where it comes from: environment, file, dashboard or default\n"
              "  --reset NAME   forget what is saved in the dashboard for this setting (EMERGENCY_NUMBER…), even when it\n"
              "                 prevents a start\n\n"
              "Settings come from the environment, else from .env in this folder, else from what is saved in the\n"
              "dashboard, else from the defaults. It is what a program that starts now takes; `medirecord doctor` says\n"
              "whether the server has another.\n" },
    .run = run,
};
