#include "backups/facts.h"

#include "backups/archive.h"
#include "base/json_out.h"
#include "http/fields.h"

enum status facts_write(const struct backup_facts *f, struct buf *out, struct err *e) {
    struct json_out o = json_out_to(out);

    json_put_object(&o);
    json_field_str(&o, "version", f->version);
    json_field_int(&o, "schema", f->schema);
    json_field_int(&o, "taken_at_us", f->taken_at_us);
    json_field_int(&o, "database_bytes", f->database_bytes);
    json_field_int(&o, "patients", f->patients);
    json_field_int(&o, "documents", f->documents);
    json_field_int(&o, "messages", f->messages);
    json_field_int(&o, "audit_rows", f->audit_rows);
    json_field_int(&o, "blobs", f->blobs);
    json_put_object_end(&o);
    return buf_ok(out) ? OK : fail(e, E_INTERNAL, NULL, "no memory for the facts of a backup");
}

enum status facts_read(struct arena *a, struct str json, struct backup_facts *out, struct err *e) {
    struct fields *f;
    struct backup_facts r = { 0 };

    if (fields_parse(a, json, &f, NULL) != OK)
        return fail(e, E_INVALID, &backup_damaged, "the facts of a backup are no JSON");
    bool ok = fields_str(f, "version", FIELD_REQUIRED, 40, &r.version);
    ok &= fields_i64(f, "schema", FIELD_REQUIRED, 1, INT64_MAX, &r.schema);
    ok &= fields_i64(f, "taken_at_us", FIELD_REQUIRED, 1, INT64_MAX, &r.taken_at_us);
    ok &= fields_i64(f, "database_bytes", FIELD_REQUIRED, 1, INT64_MAX, &r.database_bytes);
    ok &= fields_i64(f, "patients", FIELD_REQUIRED, 0, INT64_MAX, &r.patients);
    ok &= fields_i64(f, "documents", FIELD_REQUIRED, 0, INT64_MAX, &r.documents);
    ok &= fields_i64(f, "messages", FIELD_REQUIRED, 0, INT64_MAX, &r.messages);
    ok &= fields_i64(f, "audit_rows", FIELD_REQUIRED, 0, INT64_MAX, &r.audit_rows);
    ok &= fields_i64(f, "blobs", FIELD_REQUIRED, 0, INT64_MAX, &r.blobs);
    if (!ok) return fail(e, E_INVALID, &backup_damaged, "the facts of a backup are not whole");
    *out = r;
    return OK;
}
