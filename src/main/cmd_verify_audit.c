#include "accounts/audit.h"
#include "main/app.h"
#include "main/options.h"

#include <stdio.h>

static int run(const struct command *c, int argc, char **argv) {
    int64_t checked = 0, broken_id = 0;
    struct app app;
    struct err e = { 0 };
    enum status s;
    bool english = command_lang() == LANG_EN;
    int code = options_none(c, argc, argv);

    if (code != EXIT_DONE) return code;
    if ((s = app_open(&app, APP_DATABASE, &e)) == OK) {
        s = audit_verify(app.db, &checked, &broken_id, &e);
        app_close(&app);
    }
    if (s != OK) return command_failed(c, s, &e);
    if (broken_id) {
        fprintf(
            stderr,
            english
                ? "medirecord verify-audit: the chain is broken at row %lld; the %lld rows before it are intact\n"
                : "medirecord verify-audit: la chaîne est rompue à la ligne %lld ; les %lld lignes d’avant sont intactes\n",
            (long long)broken_id, (long long)checked);
        return EXIT_FAILED;
    }
    printf(english ? "%lld rows, the chain is intact\n" : "%lld lignes, la chaîne est intacte\n",
           (long long)checked);
    return EXIT_DONE;
}

const struct command command_verify_audit = {
    .name = "verify-audit",
    .summary = { "Vérifier qu’aucune ligne du journal d’audit n’a été changée, enlevée ou insérée",
                 "Check that no row of the audit log was changed, removed or inserted" },
    .usage = { "", "" },
    .help = { "Avec le code 1, nomme la première ligne qui ne suit pas la précédente.\n",
              "Exit 1 names the first row that does not fit the one before it.\n" },
    .run = run,
};
