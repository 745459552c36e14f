#ifndef MAIN_ASK_PASSWORD_H
#define MAIN_ASK_PASSWORD_H
/*
 * ask_password -- a password for a command: from standard input, or from the terminal without showing what is typed.
 */
#include "accounts/user.h"

enum { TYPED_PASSWORD_BYTES = PASSWORD_MAX_BYTES + 2 };

/* False: none was given, or it is too long. crypto_wipe() it at the end. */
bool password_read(bool from_stdin, char password[TYPED_PASSWORD_BYTES]) MUST_CHECK;

#endif
