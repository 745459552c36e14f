#ifndef ACCOUNTS_AUTH_API_H
#define ACCOUNTS_AUTH_API_H
/*
 * The handlers of this room, for its route table in accounts_api.c. Room context: struct accounts.
 */
#include "http/route.h"

handler_fn auth_login, auth_logout, auth_token, auth_me, auth_password;
handler_fn user_list_get, user_list_post, user_get, user_put, user_patch, user_delete_handler;
handler_fn audit_get, notification_get, notification_read;

#endif
