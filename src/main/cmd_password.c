/*
 * cmd_password -- for who cannot sign in any more and has nobody to ask: a new password, and one-time codes off.
 */
#include "accounts/accounts.h"
#include "accounts/otp.h"
#include "main/app.h"
#include "main/ask_password.h"
#include "main/options.h"

static enum status save(struct app *app, struct accounts *accounts, const struct user *before,
                        struct str password, bool no_codes, struct err *e) {
    int64_t now_us = clock_now_us(&app->clock);
    struct user after = *before;
    enum status s = accounts_hash_password(accounts, app->arena, password, &after.password_hash, e);

    after.must_change_password = false;
    if (s != OK || (s = db_begin(app->db, e)) != OK) return s;
    s = user_save(app->db, before, &after, 0, now_us, e);
    if (s == OK && no_codes) s = otp_remove(app->db, before->id, 0, now_us, e);
    return db_finish(app->db, s, e);
}

static enum status change(struct app *app, struct str email, struct str password, bool no_codes,
                          struct err *e) {
    struct accounts accounts;
    struct user u = { 0 };
    enum status s;

    if (!user_email_parse(app->arena, email, &email))
        return fail_field(e, STR("email"), &user_email_invalid, STR(""));
    if ((s = user_by_email(app->db, app->arena, email, &u, e)) != OK) return s;
    const struct message *weak = password_weakness(password, u.email);
    if (weak) return fail_field(e, STR("password"), weak, STR(""));
    if ((s = accounts_init(&accounts, &app->config.root_key, app->config.public_url, e)) != OK) return s;
    s = save(app, &accounts, &u, password, no_codes, e);
    accounts_done(&accounts);
    return s;
}

static int run(const struct command *c, int argc, char **argv) {
    const char *email = NULL;
    bool from_stdin = false, no_codes = false;
    const struct option_row rows[] = { { "email", &email, NULL },
                                       { "password-stdin", NULL, &from_stdin },
                                       { "no-codes", NULL, &no_codes },
                                       { 0 } };
    char password[TYPED_PASSWORD_BYTES];
    struct app app;
    struct err e = { 0 };
    enum status s;
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (!email) return command_usage(c, "il manque --email", "--email is missing");
    if (first < argc) return command_usage_no_more(c);
    if (!password_read(from_stdin, password))
        return command_usage(c, "aucun mot de passe n'a été donné", "no password was given");
    if ((s = app_open(&app, APP_DATABASE, &e)) == OK) {
        s = change(&app, str_from_c(email), str_from_c(password), no_codes, &e);
        app_close(&app);
    }
    crypto_wipe(password, sizeof password);
    if (s != OK) return command_failed(c, s, &e);
    command_say("Le mot de passe est changé ; les sessions ouvertes avec l'ancien sont terminées.",
                "The password is changed; sessions that were opened with the old one have ended.");
    return EXIT_DONE;
}

const struct command command_password = {
    .name = "password",
    .summary = { "Donner un nouveau mot de passe à un compte", "Give an account a new password" },
    .usage = { "--email E [--no-codes] [--password-stdin]", "--email E [--no-codes] [--password-stdin]" },
    .help = { "  --email E          le compte\n"
              "  --no-codes         désactiver aussi ses codes à usage unique (téléphone perdu)\n"
              "  --password-stdin   lire le mot de passe sur l'entrée standard au lieu de le demander\n",
              "  --email E          the account\n"
              "  --no-codes         turn its one-time codes off too (the telephone is lost)\n"
              "  --password-stdin   read the password from standard input instead of asking for it\n" },
    .run = run,
};
