/*
 * access_code_api -- /api/patients/{id}/access-code/: a new code for a person who shares a number. Shown once; repeating the call makes another.
 */
#include "sessions/access_code.h"
#include "sessions/session_handlers.h"

enum status access_code_post(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    char code[ACCESS_CODE_DIGITS + 1];
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s == OK) s = access_code_make(rq->room, rq->db, rq->arena, id, rq->who.user_id, rq->now_us, code, e);
    if (s != OK) return s;
    json_put_object(&json);
    json_field_int(&json, "patient", id);
    json_field_str(&json, "code", str_from_c(code));
    json_put_object_end(&json);
    crypto_wipe(code, sizeof code);
    return OK;
}
