#include "accounts/audit.h"
#include "main/app.h"
#include "main/command.h"

#include <stdio.h>

static int run(const struct command *c, int argc, char **argv) {
    int64_t checked = 0, broken_id = 0;
    struct app app;
    struct err e = { 0 };
    enum status s;

    (void)argv;
    if (argc > 1) return command_usage(c, "no arguments are expected");
    if ((s = app_open(&app, APP_DATABASE, &e)) == OK) {
        s = audit_verify(app.db, &checked, &broken_id, &e);
        app_close(&app);
    }
    if (s != OK) return command_failed(c, s, &e);
    if (broken_id) {
        fprintf(
            stderr,
            "medirecord verify-audit: the chain is broken at row %lld; the %lld rows before it are intact\n",
            (long long)broken_id, (long long)checked);
        return EXIT_FAILED;
    }
    printf("%lld rows, the chain is intact\n", (long long)checked);
    return EXIT_DONE;
}

const struct command command_verify_audit = {
    .name = "verify-audit",
    .summary = "Check that no row of the audit log was changed, removed or inserted",
    .usage = "",
    .help = "Exit 1 names the first row that does not fit the one before it.\n",
    .run = run,
};
