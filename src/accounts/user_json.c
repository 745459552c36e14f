#include "accounts/user_json.h"

void user_json(struct json_out *o, const struct user *u) {
    json_put_object(o);
    json_put_key(o, "id"), json_put_int(o, u->id);
    json_put_key(o, "email"), json_put_str(o, u->email);
    json_put_key(o, "full_name"), json_put_str(o, u->full_name);
    json_put_key(o, "role"), json_put_str(o, str_from_c(role_name(u->role)));
    json_put_key(o, "language"), json_put_str(o, u->language == LANG_EN ? STR("en") : STR("fr"));
    json_put_key(o, "is_active"), json_put_bool(o, u->is_active);
    json_put_key(o, "must_change_password"), json_put_bool(o, u->must_change_password);
    json_put_key(o, "created_at"), json_put_time(o, u->created_at_us);
    json_put_key(o, "updated_at"), json_put_time(o, u->updated_at_us);
    json_put_key(o, "last_login"), json_put_time(o, u->last_login_us);
    json_put_object_end(o);
}
