#ifndef MAIN_ACCOUNT_COMMAND_H
#define MAIN_ACCOUNT_COMMAND_H
/*
 * account_command -- what the commands share that give an account its password: --email E and --password-stdin, the database, and what
 * is said at the end.
 */
#include "accounts/accounts.h"
#include "main/app.h"
#include "main/command.h"

struct account_command {
    enum app_need needs;
    const char *flag; /* a further option without a value; NULL: none */
    /* `email` is one, in its plain form. E_INVALID with words for what is wrong with the password. */
    enum status (*act)(struct app *, struct accounts *, struct str email, struct str password, bool flag,
                       struct err *);
    struct words done;
};

/* Does all of a command's run(). */
int account_command_run(const struct command *, const struct account_command *, int argc, char **argv);

#endif
