#ifndef ACCOUNTS_USER_JSON_H
#define ACCOUNTS_USER_JSON_H
/*
 * user_json -- a user as the API shows it: never with the hash of the password.
 */
#include "accounts/user.h"
#include "base/json_out.h"

void user_json(struct json_out *, const struct user *);

#endif
