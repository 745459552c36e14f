#ifndef MESSAGING_MESSAGING_HANDLERS_H
#define MESSAGING_MESSAGING_HANDLERS_H
/*
 * The handlers of this room, for its route tables in messaging_api.c. Room context: struct messaging.
 */
#include "http/upload.h"
#include "messaging/messaging.h"

handler_fn message_list_get;
handler_fn template_list_get, template_list_post, template_get_one, template_patch, template_delete,
    template_check_post;
handler_fn simulator_get, simulator_post, simulator_media_post;
extern const struct upload_sink simulator_media_upload;
handler_fn webhook_whatsapp_get, webhook_whatsapp_post;
handler_fn webhook_confirm_get, webhook_confirm_post;

/*
 * The person behind a link confirms or declines: the record, and the welcome message, in one transaction.
 * Failures as activation_use().
 */
enum status messaging_confirm(struct messaging *, struct db *, struct arena *, struct str token, bool valid,
                              int64_t now_us, struct patient *, struct err *) MUST_CHECK;

#endif
