#include "db/db.h"
#include "messaging/messaging_handlers.h"
#include "messaging/outbox.h"
#include "messaging/texts.h"
#include "patients/activation.h"

static enum status send_welcome(struct messaging *room, struct db *db, struct arena *arena,
                                const struct patient *p, int64_t now_us, struct err *e) {
    struct text_values values = { p->first_name, STR(""), room->emergency_number };
    struct outbox_message welcome = {
        .kind = MESSAGE_REPLY, .patient_id = p->id, .phone = p->phone, .key = STR("")
    };

    if (!text_write(arena, TEXT_WELCOME, p->language, &values, &welcome.body)) {
        return fail(e, E_LIMIT, NULL, "confirm: arena full");
    }
    return outbox_add(room, db, &welcome, now_us, NULL, e);
}

static enum status confirm(struct messaging *room, struct db *db, struct arena *arena, struct str token,
                           bool valid, int64_t now_us, struct patient *p, struct err *e) {
    struct confirmation by_person = { CONSENT_BY_ACTIVATION, 0 };
    enum status s;

    if (valid) {
        if ((s = activation_use(db, arena, token, now_us, p, e)) != OK) return s;
        return send_welcome(room, db, arena, p, now_us, e);
    }
    if ((s = activation_find(db, arena, token, now_us, p, e)) != OK) return s;
    return patient_confirm(db, p, false, &by_person, now_us, e);
}

enum status messaging_confirm(struct messaging *room, struct db *db, struct arena *arena, struct str token,
                              bool valid, int64_t now_us, struct patient *p, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, confirm(room, db, arena, token, valid, now_us, p, e), e) : s;
}
