#include "accounts/user_json.h"

void user_json(struct json_out *o, const struct user *u) {
    json_object(o);
    json_key(o, "id"), json_int(o, u->id);
    json_key(o, "email"), json_str(o, u->email);
    json_key(o, "full_name"), json_str(o, u->full_name);
    json_key(o, "role"), json_str(o, str_from_c(role_name(u->role)));
    json_key(o, "language"), json_str(o, u->language == LANG_EN ? STR("en") : STR("fr"));
    json_key(o, "is_active"), json_bool(o, u->is_active);
    json_key(o, "must_change_password"), json_bool(o, u->must_change_password);
    json_key(o, "created_at"), json_time(o, u->created_at_us);
    json_key(o, "updated_at"), json_time(o, u->updated_at_us);
    json_key(o, "last_login"), json_time(o, u->last_login_us);
    json_object_end(o);
}
