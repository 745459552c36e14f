#include "accounts/user_json.h"

void user_json(struct json_out *o, const struct user *u) {
    json_put_object(o);
    json_field_int(o, "id", u->id);
    json_field_str(o, "email", u->email);
    json_field_str(o, "full_name", u->full_name);
    json_field_str(o, "role", str_from_c(role_name(u->role)));
    json_field_str(o, "language", u->language == LANG_EN ? STR("en") : STR("fr"));
    json_field_bool(o, "is_active", u->is_active);
    json_field_bool(o, "must_change_password", u->must_change_password);
    json_field_bool(o, "otp_enabled", u->otp_enabled);
    json_field_bool(o, "invited", !user_has_password(u));
    json_field_time(o, "created_at", u->created_at_us);
    json_field_time(o, "updated_at", u->updated_at_us);
    json_field_time(o, "last_login", u->last_login_us);
    json_put_object_end(o);
}
