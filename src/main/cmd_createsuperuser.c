#include "accounts/accounts.h"
#include "main/app.h"
#include "main/ask_password.h"
#include "main/options.h"

static enum status create(struct app *app, struct str email, struct str password, struct err *e) {
    struct user admin = { .role = ROLE_ADMIN, .language = command_lang(), .is_active = true };
    struct accounts accounts;
    enum status s;

    if (!user_email_parse(app->arena, email, &admin.email))
        return fail_field(e, STR("email"), &user_email_invalid, STR(""));
    const struct message *weak = password_weakness(password, admin.email);
    if (weak) return fail_field(e, STR("password"), weak, STR(""));
    if ((s = accounts_init(&accounts, &app->config.root_key, app->config.public_url, e)) != OK) return s;
    s = accounts_hash_password(&accounts, app->arena, password, &admin.password_hash, e);
    if (s == OK) s = user_create(app->db, &admin, 0, clock_now_us(&app->clock), e);
    accounts_done(&accounts);
    return s;
}

static int run(const struct command *c, int argc, char **argv) {
    const char *email = NULL;
    bool from_stdin = false;
    const struct option_row rows[] = { { "email", &email, NULL },
                                       { "password-stdin", NULL, &from_stdin },
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
    if ((s = app_open(&app, APP_MIGRATE, &e)) == OK) {
        s = create(&app, str_from_c(email), str_from_c(password), &e);
        app_close(&app);
    }
    crypto_wipe(password, sizeof password);
    if (s != OK) return command_failed(c, s, &e);
    command_say("L'administrateur peut se connecter.", "The administrator can sign in now.");
    return EXIT_DONE;
}

const struct command command_createsuperuser = {
    .name = "createsuperuser",
    .summary = { "Créer un administrateur", "Create an administrator" },
    .usage = { "--email E [--password-stdin]", "--email E [--password-stdin]" },
    .help = { "  --email E          l'adresse avec laquelle il se connecte\n"
              "  --password-stdin   lire le mot de passe sur l'entrée standard au lieu de le demander\n",
              "  --email E          the address to sign in with\n"
              "  --password-stdin   read the password from standard input instead of asking for it\n" },
    .run = run,
};
