/*
 * cmd_password -- for who cannot sign in any more and has nobody to ask: a new password, and one-time codes off.
 */
#include "accounts/otp.h"
#include "main/account_command.h"

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

static enum status change(struct app *app, struct accounts *accounts, struct str email, struct str password,
                          bool no_codes, struct err *e) {
    struct user u = { 0 };
    enum status s = user_by_email(app->db, app->arena, email, &u, e);

    if (s != OK) return s;
    const struct message *weak = password_weakness(password, u.email);
    if (weak) return fail_field(e, STR("password"), weak, STR(""));
    return save(app, accounts, &u, password, no_codes, e);
}

static int run(const struct command *c, int argc, char **argv) {
    static const struct account_command a = {
        .needs = APP_DATABASE,
        .flag = "no-codes",
        .act = change,
        .done = { "Le mot de passe est changé ; les sessions ouvertes avec l’ancien sont terminées.",
                  "The password is changed; sessions that were opened with the old one have ended." }
    };
    return account_command_run(c, &a, argc, argv);
}

const struct command command_password = {
    .name = "password",
    .summary = { "Donner un nouveau mot de passe à un compte", "Give an account a new password" },
    .usage = { "--email E [--no-codes] [--password-stdin]", "--email E [--no-codes] [--password-stdin]" },
    .help = { "  --email E          le compte\n"
              "  --no-codes         désactiver aussi ses codes à usage unique (téléphone perdu)\n"
              "  --password-stdin   lire le mot de passe sur l’entrée standard au lieu de le demander\n",
              "  --email E          the account\n"
              "  --no-codes         turn its one-time codes off too (the telephone is lost)\n"
              "  --password-stdin   read the password from standard input instead of asking for it\n" },
    .run = run,
};
