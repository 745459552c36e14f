#ifndef SESSIONS_SESSION_HANDLERS_H
#define SESSIONS_SESSION_HANDLERS_H
/*
 * The handlers of this room, for its route table in session_api.c. Room context: struct sessions.
 */
#include "sessions/sessions.h"

handler_fn session_list_get, session_one_get;
handler_fn session_take_over_post, session_release_post, session_reply_post;
handler_fn thread_get;
handler_fn inbox_list_get, inbox_summary_get, inbox_one_get;
handler_fn inbox_done_post, inbox_reopen_post, inbox_seen_post, inbox_template_post;
handler_fn access_code_post;

#endif
