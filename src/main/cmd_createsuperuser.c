#include "main/account_command.h"

static enum status create(struct app *app, struct accounts *accounts, struct str email, struct str password,
                          bool flag, struct err *e) {
    struct user admin = { .email = email, .role = ROLE_ADMIN, .language = command_lang(), .is_active = true };
    const struct message *weak = password_weakness(password, email);
    (void)flag;
    if (weak) return fail_field(e, STR("password"), weak, STR(""));
    enum status s = accounts_hash_password(accounts, app->arena, password, &admin.password_hash, e);
    return s == OK ? user_create(app->db, &admin, 0, clock_now_us(&app->clock), e) : s;
}

static int run(const struct command *c, int argc, char **argv) {
    static const struct account_command a = { .needs = APP_MIGRATE,
                                              .act = create,
                                              .done = { "L’administrateur peut se connecter.",
                                                        "The administrator can sign in now." } };
    return account_command_run(c, &a, argc, argv);
}

const struct command command_createsuperuser = {
    .name = "createsuperuser",
    .summary = { "Créer un administrateur", "Create an administrator" },
    .usage = { "--email E [--password-stdin]", "--email E [--password-stdin]" },
    .help = { "  --email E          l’adresse avec laquelle il se connecte\n"
              "  --password-stdin   lire le mot de passe sur l’entrée standard au lieu de le demander\n",
              "  --email E          the address to sign in with\n"
              "  --password-stdin   read the password from standard input instead of asking for it\n" },
    .run = run,
};
