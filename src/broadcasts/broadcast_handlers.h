#ifndef BROADCASTS_BROADCAST_HANDLERS_H
#define BROADCASTS_BROADCAST_HANDLERS_H
/*
 * The handlers of this room, for its route table in broadcasts_api.c. Room context: struct broadcasts.
 */
#include "broadcasts/broadcasts.h"

handler_fn broadcast_list_get, broadcast_list_post, broadcast_one_get, broadcast_patch, broadcast_delete;
handler_fn broadcast_send_now_post, broadcast_cancel_post, broadcast_pause_post, broadcast_resume_post;
handler_fn broadcast_count_get, broadcast_count_post, broadcast_estimate_get, broadcast_estimate_post,
    broadcast_preview_get, broadcast_preview_post, broadcast_test_post;
handler_fn broadcast_report_get, broadcast_webhook_post;

#endif
