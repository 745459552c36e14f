#ifndef MESSAGING_MESSAGE_ROW_H
#define MESSAGING_MESSAGE_ROW_H
/*
 * message_row -- writing the rows of a message. For the stores of this room.
 */
#include "messaging/message.h"

/* Adds a line of history; one that is there already stays as it is. Inside the caller's transaction. */
enum status message_note_event(struct db *, int64_t id, enum message_status, struct str error_code,
                               int64_t now_us, struct err *) MUST_CHECK;

/* Writes each line of history as a JSON object, oldest first. */
enum status message_write_events(struct db *, int64_t id, struct json_out *, struct err *) MUST_CHECK;

#endif
