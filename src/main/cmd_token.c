#include "accounts/accounts.h"
#include "main/app.h"
#include "main/options.h"

#include <stdio.h>

enum { TOKEN_NAME_MAX_CHARS = 120 };

static enum status create(struct app *app, struct str email, struct str name, char token[TOKEN_TEXT_BYTES],
                          struct err *e) {
    struct accounts accounts;
    struct user u;
    enum status s;

    if (!user_email_parse(app->arena, email, &email))
        return fail_field(e, STR("email"), &user_email_invalid, STR(""));
    if ((s = user_by_email(app->db, app->arena, email, &u, e)) != OK) return s;
    if ((s = accounts_init(&accounts, &app->config.root_key, app->config.public_url, e)) != OK) return s;
    s = accounts_token_create(&accounts, app->db, u.id, name, 0, clock_now_us(&app->clock), token, e);
    accounts_done(&accounts);
    return s;
}

static int run(const struct command *c, int argc, char **argv) {
    const char *email = NULL, *name = NULL;
    const struct option_row rows[] = { { "email", &email, NULL }, { "name", &name, NULL }, { 0 } };
    char token[TOKEN_TEXT_BYTES];
    struct app app;
    struct err e = { 0 };
    enum status s;
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (first >= argc || strcmp(argv[first], "create") != 0)
        return command_usage(c, "il manque le mot « create »", "the word 'create' is missing");
    if (first + 1 < argc) return command_usage_no_more(c);
    if (!email || !name || !*name)
        return command_usage(c, "il faut --email et --name", "--email and --name are needed");
    if (strlen(name) > TOKEN_NAME_MAX_CHARS)
        return command_usage(c, "le nom a plus de 120 caractères", "the name has more than 120 characters");
    if ((s = app_open(&app, APP_DATABASE, &e)) == OK) {
        s = create(&app, str_from_c(email), str_from_c(name), token, &e);
        app_close(&app);
    }
    if (s != OK) return command_failed(c, s, &e);
    puts(token);
    crypto_wipe(token, sizeof token);
    return EXIT_DONE;
}

const struct command command_token = {
    .name = "token",
    .summary = { "Créer un jeton d’API et l’afficher une fois", "Create an API token and print it once" },
    .usage = { "create --email E --name N", "create --email E --name N" },
    .help = { "  --email E   le compte au nom duquel le jeton agit\n"
              "  --name N    à quoi il sert\n"
              "\n"
              "Il s’emploie ainsi : `Authorization: Token CLÉ`. Il ne peut pas être affiché de nouveau.\n",
              "  --email E   the user in whose name the token acts\n"
              "  --name N    what it is for\n"
              "\n"
              "Use it as `Authorization: Token KEY`. It cannot be shown again.\n" },
    .run = run,
};
