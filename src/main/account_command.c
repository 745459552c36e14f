#include "main/account_command.h"

#include "main/ask_password.h"
#include "main/options.h"

static enum status act(struct app *app, const struct account_command *a, struct str email,
                       struct str password, bool flag, struct err *e) {
    struct accounts accounts;
    struct str plain;
    enum status s;

    if (!user_email_parse(app->arena, email, &plain))
        return fail_field(e, STR("email"), &user_email_invalid, STR(""));
    if ((s = accounts_init(&accounts, &app->config.root_key, app->config.public_url, e)) != OK) return s;
    s = a->act(app, &accounts, plain, password, flag, e);
    accounts_done(&accounts);
    return s;
}

int account_command_run(const struct command *c, const struct account_command *a, int argc, char **argv) {
    const char *email = NULL;
    bool from_stdin = false, flag = false;
    const struct option_row rows[] = {
        { "email", &email, NULL }, { "password-stdin", NULL, &from_stdin }, { a->flag, NULL, &flag }, { 0 }
    };
    char password[TYPED_PASSWORD_BYTES];
    struct app app;
    struct err e = { 0 };
    enum status s;
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (!email) return command_usage(c, "il manque --email", "--email is missing");
    if (first < argc) return command_usage_no_more(c);
    if (!password_read(from_stdin, password))
        return command_usage(c, "aucun mot de passe n’a été donné", "no password was given");
    if ((s = app_open(&app, a->needs, &e)) == OK) {
        s = act(&app, a, str_from_c(email), str_from_c(password), flag, &e);
        app_close(&app);
    }
    crypto_wipe(password, sizeof password);
    if (s != OK) return command_failed(c, s, &e);
    command_say(a->done.fr, a->done.en);
    return EXIT_DONE;
}
