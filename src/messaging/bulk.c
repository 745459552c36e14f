#include "messaging/bulk.h"

#include "messaging/messaging.h"

enum status bulk_tell(const struct messaging *room, struct db *db, const struct bulk_move *m, struct err *e) {
    if (!room->bulk || !m->broadcast_id) return OK;
    return room->bulk->moved(room->bulk->ctx, db, m, e);
}
