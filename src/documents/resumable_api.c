/*
 * resumable_api -- /api/uploads/: an upload is announced, asked for, given up. The bytes come in resumable_part.c.
 */
#include "documents/resumable_api.h"

#include "base/utf8.h"
#include "documents/receive.h"
#include "documents/upload_about.h"
#include "http/fields.h"
#include "patients/patient.h"

#include <sodium.h>
#include <stdio.h>
#include <time.h>

enum { METADATA_VALUE_MAX = 1024 };

static const struct message version_wrong = {
    "tus_version", "Ce serveur parle tus 1.0.0 : envoyez l’en-tête Tus-Resumable: 1.0.0.",
    "This server speaks tus 1.0.0: send the header Tus-Resumable: 1.0.0."
};
static const struct message length_missing = {
    "upload_length", "L’en-tête Upload-Length doit donner la taille du fichier, en octets.",
    "The header Upload-Length must give the size of the file in bytes."
};
static const struct message length_too_large = { "file_too_large",
                                                 "Ce fichier dépasse la taille permise : 100 Mo.",
                                                 "This file is larger than allowed: 100 MB." };
static const struct message metadata_wrong = {
    "upload_metadata", "L’en-tête Upload-Metadata ne peut pas être lu (clé et valeur en base64).",
    "The header Upload-Metadata cannot be read (key and value in base64)."
};

struct str resumable_number(int64_t n, char out[24]) {
    return (struct str) { out, (size_t)snprintf(out, 24, "%lld", (long long)n) };
}

static enum status check_version(struct request *rq, struct reply *re, struct err *e) {
    if (str_eq(request_header(rq, "tus-resumable"), STR("1.0.0"))) return OK;
    if (re) re->http = 412;
    return fail(e, E_INVALID, &version_wrong, "another version of tus");
}

enum status resumable_of_request(struct request *rq, struct resumable *out, struct err *e) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);
    return s == OK ? resumable_get(rq->db, rq->arena, id, rq->now_us, out, e) : s;
}

/* RFC 9110: "Wed, 25 Nov 2026 18:00:00 GMT". */
static struct str http_date(int64_t at_us, char out[40]) {
    time_t seconds = (time_t)(at_us / SECOND_US);
    struct tm tm;
    gmtime_r(&seconds, &tm);
    return (struct str) { out, strftime(out, 40, "%a, %d %b %Y %H:%M:%S GMT", &tm) };
}

enum status resumable_answer(struct request *rq, struct reply *re, const struct resumable *u, struct err *e) {
    char offset[24], length[24], document[24], expires[40];
    enum status s = reply_header(re, "Upload-Offset", resumable_number(u->offset_bytes, offset), e);

    (void)rq;
    if (s == OK) s = reply_header(re, "Upload-Length", resumable_number(u->size_bytes, length), e);
    if (s == OK) s = reply_header(re, "Upload-Expires", http_date(u->expires_at_us, expires), e);
    if (s == OK && u->document_id)
        s = reply_header(re, "Document-Id", resumable_number(u->document_id, document), e);
    return s;
}

/* ---- creation ---- */

static enum status decode(struct arena *a, struct str base64, struct str *out, struct err *e) {
    size_t n = 0;
    char *bytes = base64.n <= METADATA_VALUE_MAX ? arena_alloc(a, base64.n + 1) : NULL;

    if (!bytes || sodium_base642bin((unsigned char *)bytes, base64.n + 1, base64.p, base64.n, NULL, &n, NULL,
                                    sodium_base64_VARIANT_ORIGINAL) != 0)
        return fail(e, E_INVALID, &metadata_wrong, "metadata is not base64");
    *out = (struct str) { bytes, n };
    return utf8_is_clean(*out) ? OK : fail(e, E_INVALID, &metadata_wrong, "metadata is not text");
}

struct announced {
    struct upload_about about;
    struct str file_name;
};

/* Clients send keys of their own ("filetype", "relativePath"): what is not ours is left alone. */
static bool is_about(struct str key) {
    return str_eq(key, STR("patient_id")) || str_eq(key, STR("title")) || str_eq(key, STR("kind"));
}

/* "key base64, key base64", as the protocol has it. */
static enum status read_metadata(struct request *rq, struct announced *out, struct err *e) {
    struct str rest = str_trim(request_header(rq, "upload-metadata"));
    enum status s = OK;

    while (rest.n > 0 && s == OK) {
        struct str pair = str_trim(str_sub(rest, 0, str_find_char(rest, ','))), value;
        struct str key = str_sub(pair, 0, str_find_char(pair, ' '));
        rest = str_trim(str_sub(rest, str_find_char(rest, ',') + 1, rest.n));
        if ((s = decode(rq->arena, str_trim(str_sub(pair, key.n, pair.n)), &value, e)) != OK) return s;
        if (str_eq(key, STR("filename"))) {
            if (!receive_file_name(rq->arena, value, &out->file_name))
                return fail(e, E_LIMIT, NULL, "no room for a name");
        } else if (is_about(key)) {
            s = upload_about_field(rq->arena, &out->about, key, value, e);
        }
    }
    return s;
}

static enum status read_length(struct request *rq, struct reply *re, int64_t *out, struct err *e) {
    if (!str_to_i64(request_header(rq, "upload-length"), out) || *out <= 0)
        return fail(e, E_INVALID, &length_missing, "no length");
    if (*out <= RESUMABLE_MAX_BYTES) return OK;
    re->http = 413;
    return fail(e, E_LIMIT, &length_too_large, "an upload of %lld bytes", (long long)*out);
}

static enum status uploads_post(struct request *rq, struct reply *re, struct err *e) {
    struct announced a = { .file_name = STR("document") };
    struct resumable u = { .created_by = rq->who.user_id, .expires_at_us = rq->now_us + RESUMABLE_KEPT_US };
    struct str where;
    enum status s;

    if ((s = check_version(rq, re, e)) != OK) return s;
    if ((s = read_length(rq, re, &u.size_bytes, e)) != OK) return s;
    if ((s = read_metadata(rq, &a, e)) != OK) return s;
    if (a.about.patient_id == 0) return fail_field(e, STR("patient_id"), &field_required, STR(""));
    if ((s = patient_check_exists(rq->db, a.about.patient_id, e)) != OK) return s;
    u.patient_id = a.about.patient_id;
    u.title = a.about.title;
    u.kind = a.about.kind_given ? str_from_c(document_kind_name(a.about.kind)) : STR("");
    u.file_name = a.file_name;
    if ((s = resumable_add(rq->db, &u, rq->now_us, &u.id, e)) != OK) return s;
    if (!arena_printf(rq->arena, &where, "/api/uploads/%lld/", (long long)u.id))
        return fail(e, E_LIMIT, NULL, "no room for an address");
    s = reply_header(re, "Location", where, e);
    return s == OK ? resumable_answer(rq, re, &u, e) : s;
}

/* ---- asking and giving up ---- */

static enum status upload_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct resumable u;
    enum status s;

    if ((s = resumable_of_request(rq, &u, e)) != OK || (s = resumable_answer(rq, re, &u, e)) != OK) return s;
    json_put_object(&o);
    json_field_int(&o, "id", u.id);
    json_field_int(&o, "patient_id", u.patient_id);
    json_field_str(&o, "file_name", u.file_name);
    json_field_int(&o, "size", u.size_bytes);
    json_field_int(&o, "offset", u.offset_bytes);
    json_field_time(&o, "expires_at", u.expires_at_us);
    json_field_id_or_null(&o, "document_id", u.document_id);
    json_put_object_end(&o);
    return OK;
}

static enum status upload_delete(struct request *rq, struct reply *re, struct err *e) {
    struct resumable u;
    enum status s;

    if ((s = check_version(rq, re, e)) != OK || (s = resumable_of_request(rq, &u, e)) != OK) return s;
    return resumable_remove(rq->db, rq->room, u.id, rq->now_us, e);
}

static const struct route_header tus[] = { { "Tus-Resumable", "1.0.0" },
                                           { "Tus-Version", "1.0.0" },
                                           { "Tus-Extension", "creation,expiration,termination" },
                                           { "Tus-Max-Size", "104857600" },
                                           { 0 } };

static const struct query_param announcing[] = {
    { "Tus-Resumable", "1.0.0" },
    { "Upload-Length", "Size of the file in bytes" },
    { "Upload-Metadata",
      "patient_id, filename, title, kind: each with its value in base64, separated by commas" },
    { 0 }
};
static const struct query_param going_on[] = { { "Tus-Resumable", "1.0.0" },
                                               { "Upload-Offset", "Where these bytes start" },
                                               { 0 } };

const struct route resumable_routes[] = {
    { .method = HTTP_POST,
      .path = "/api/uploads/",
      .permission = PERM_PATIENT_WRITE,
      .run_on = RUN_WORKER,
      .handler = uploads_post,
      .summary =
          "Announce an upload that can be resumed (tus 1.0.0): Upload-Length, and Upload-Metadata with patient_id, filename, "
          "title, kind; Location says where its bytes go",
      .success = 201,
      .takes = announcing,
      .creates = true,
      .headers = tus },
    { .method = HTTP_GET,
      .path = "/api/uploads/{id}/",
      .permission = PERM_PATIENT_WRITE,
      .run_on = RUN_HTTP,
      .handler = upload_get,
      .summary = "How far an upload is (HEAD: Upload-Offset), and the document that it became",
      .response_schema = "Upload",
      .success = 200,
      .headers = tus },
    { .method = HTTP_PATCH,
      .path = "/api/uploads/{id}/",
      .permission = PERM_PATIENT_WRITE,
      .run_on = RUN_WORKER,
      .handler = resumable_patch,
      .summary =
          "Bytes from Upload-Offset on (application/offset+octet-stream); with the last one the upload becomes a document, "
          "named by Document-Id",
      .success = 204,
      .upload = &resumable_upload,
      .takes = going_on,
      .headers = tus },
    { .method = HTTP_DELETE,
      .path = "/api/uploads/{id}/",
      .permission = PERM_PATIENT_WRITE,
      .run_on = RUN_WORKER,
      .handler = upload_delete,
      .summary = "Give an upload up",
      .success = 204,
      .headers = tus },
    { 0 },
};
