#ifndef ACCOUNTS_AUTH_API_H
#define ACCOUNTS_AUTH_API_H
/*
 * The handlers of this room, for its route table in accounts_api.c. Room context: struct accounts.
 */
#include "http/route.h"

handler_fn auth_login, auth_logout, auth_token, auth_me, auth_me_patch, auth_password;
handler_fn otp_get, otp_post, otp_confirm_post, otp_recovery_post, otp_disable_post;
handler_fn browser_list_get, browser_list_delete, browser_delete;
handler_fn forgotten_get, forgotten_post, password_link_post, password_reset_post;
handler_fn user_list_get, user_list_post, user_get, user_put, user_patch, user_delete_handler;
handler_fn user_invite_post, user_sessions_delete, user_otp_delete;
handler_fn token_list_get, token_list_post, token_delete_handler;
handler_fn audit_get, audit_check_get, audit_check_post;
handler_fn notification_get, notification_read;

#endif
