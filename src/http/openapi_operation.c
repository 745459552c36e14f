#include "http/openapi_operation.h"

#include "http/upload.h"

#include <stdio.h>

#include "http/openapi.h"

const char *openapi_method(enum http_method m) {
    switch (m) {
    case HTTP_GET: return "GET";
    case HTTP_POST: return "POST";
    case HTTP_PUT: return "PUT";
    case HTTP_PATCH: return "PATCH";
    case HTTP_DELETE: break;
    }
    return "DELETE";
}

struct str openapi_group(const char *path) {
    struct str p = str_from_c(path + 1);
    if (str_starts(p, STR("api/"))) p = str_sub(p, 4, p.n);
    return str_sub(p, 0, str_find_char(p, '/'));
}

void openapi_put(struct json_out *o, const char *key, const char *value) {
    json_field_str(o, key, str_from_c(value));
}

static bool schema_exists(const char *name) {
    for (const struct openapi_schema *s = openapi_schemas; s->name; s++) {
        if (strcmp(s->name, name) == 0) return true;
    }
    return false;
}

static void put_schema(struct json_out *o, const char *name) {
    char ref[128];
    json_put_key(o, "schema");
    json_put_object(o);
    if (name) {
        snprintf(ref, sizeof ref, "#/components/schemas/%s", name);
        openapi_put(o, "$ref", ref);
    }
    json_put_object_end(o);
}

static void put_media_type(struct json_out *o, const char *type, const char *schema) {
    json_put_key(o, type);
    json_put_object(o);
    put_schema(o, schema);
    json_put_object_end(o);
}

/* page: a browser gets HTML instead. */
static void put_contents(struct json_out *o, const char *type, const char *schema, bool page) {
    json_put_key(o, "content");
    json_put_object(o);
    put_media_type(o, type, schema);
    if (page) put_media_type(o, "text/html", NULL);
    json_put_object_end(o);
}

static void put_content(struct json_out *o, const char *type, const char *schema) {
    put_contents(o, type, schema, false);
}

static void put_parameter(struct json_out *o, struct str name, const char *in, const char *type,
                          const char *description) {
    json_put_object(o);
    json_field_str(o, "name", name);
    openapi_put(o, "in", in);
    json_field_bool(o, "required", strcmp(in, "path") == 0);
    if (description) openapi_put(o, "description", description);
    json_put_key(o, "schema");
    json_put_object(o);
    openapi_put(o, "type", type);
    json_put_object_end(o);
    json_put_object_end(o);
}

/* {id} and {n} are numbers, everything else is text. */
static void put_path_parameters(struct json_out *o, const char *path) {
    struct str rest = str_from_c(path);
    for (size_t open; (open = str_find_char(rest, '{')) < rest.n;) {
        rest = str_sub(rest, open + 1, rest.n);
        size_t close = str_find_char(rest, '}');
        struct str name = str_sub(rest, 0, close);
        bool number = str_eq(name, STR("id")) || str_eq(name, STR("n"));
        put_parameter(o, name, "path", number ? "integer" : "string", NULL);
        rest = str_sub(rest, close, rest.n);
    }
}

static void put_parameters(struct json_out *o, const struct route *r) {
    json_put_key(o, "parameters");
    json_put_array(o);
    put_path_parameters(o, r->path);
    for (const struct query_param *p = r->query; p && p->name; p++)
        put_parameter(o, str_from_c(p->name), "query", "string", p->description);
    for (const struct query_param *p = r->takes; p && p->name; p++)
        put_parameter(o, str_from_c(p->name), "header", "string", p->description);
    if (r->creates)
        put_parameter(
            o, STR("Idempotency-Key"), "header", "string",
            "The same key and body answer the first response again for 24 hours; another body, 409");
    json_put_array_end(o);
}

static void put_body(struct json_out *o, const struct route *r) {
    if (!r->request_schema && !r->upload && !r->form) return;
    json_put_key(o, "requestBody");
    json_put_object(o);
    json_field_bool(o, "required", true);
    put_content(o,
                r->upload ? upload_media_type(r->upload)
                : r->form ? "application/x-www-form-urlencoded"
                          : "application/json",
                r->request_schema);
    json_put_object_end(o);
}

static void put_response(struct json_out *o, const struct route *r, int code, const char *description,
                         const char *type, const char *schema) {
    char key[8];
    snprintf(key, sizeof key, "%d", code);
    json_put_key(o, key);
    json_put_object(o);
    openapi_put(o, "description", description);
    if (type) put_contents(o, type, schema, r->page && strcmp(type, "text/html") != 0);
    json_put_object_end(o);
}

static void put_error(struct json_out *o, const struct route *r, int code, const char *description) {
    put_response(o, r, code, description, "application/json", "Error");
}

/* The type of a good answer; NULL: it has no body. */
static const char *success_type(const struct route *r) {
    if (r->response_schema) return "application/json";
    if (r->success == 204) return NULL;
    return r->page ? "text/html" : "*/*";
}

static void put_responses(struct json_out *o, const struct route *r) {
    bool has_body = r->request_schema || r->upload || r->form;
    const char *type = success_type(r);
    json_put_key(o, "responses");
    json_put_object(o);
    put_response(o, r, r->success, "Done", type, r->response_schema);
    if (r->success_known)
        put_response(o, r, r->success_known, "It was there already", type, r->response_schema);
    if (has_body || r->query || r->takes)
        put_response(o, r, 400, has_body ? "The body is not valid" : "A parameter is not valid",
                     "application/json", "BadRequest");
    if (r->permission != PERM_PUBLIC) {
        put_error(o, r, 401, "Nobody is signed in");
        put_error(o, r, 403, "Not allowed for this role, or the password has to be changed first");
    }
    if (strchr(r->path, '{')) put_error(o, r, 404, "There is no such object");
    if (r->creates)
        put_error(o, r, 409, "It is there already, or the Idempotency-Key was used for another body");
    if (has_body) put_error(o, r, 413, "The body is too large");
    if (has_body) put_error(o, r, 415, "The body has another content type");
    json_put_key(o, "default");
    json_put_object(o);
    openapi_put(o, "description",
                "Anything else that went wrong; with 429 and 503, Retry-After says when to try again");
    put_contents(o, "application/json", "Error", r->page);
    json_put_object_end(o);
    json_put_object_end(o);
}

/* "get_api_patients_id" */
static void put_operation_id(struct json_out *o, const struct route *r) {
    char id[160];
    size_t n = 0;
    for (const char *p = openapi_method(r->method); *p && n < sizeof id - 1; p++) id[n++] = (char)(*p | 0x20);
    for (const char *p = r->path; *p && n < sizeof id - 1; p++) {
        bool letter = (*p >= 'a' && *p <= 'z') || is_digit(*p);
        if (letter) {
            id[n++] = *p;
        } else if (id[n - 1] != '_') {
            id[n++] = '_';
        }
    }
    while (n > 0 && id[n - 1] == '_') n--;
    json_field_str(o, "operationId", (struct str) { id, n });
}

static void put_security(struct json_out *o, const struct route *r) {
    json_put_key(o, "security");
    json_put_array(o);
    if (r->permission != PERM_PUBLIC) {
        static const char *const schemes[] = { "token", "session" };
        for (size_t i = 0; i < COUNT_OF(schemes); i++) {
            json_put_object(o);
            json_put_key(o, schemes[i]);
            json_put_array(o);
            json_put_array_end(o);
            json_put_object_end(o);
        }
    }
    json_put_array_end(o);
    openapi_put(o, "x-permission", permission_name(r->permission));
}

enum status openapi_put_operation(struct json_out *o, const struct route *r, struct err *e) {
    char method[8];
    const char *name = openapi_method(r->method);
    size_t n = 0;
    if ((r->request_schema && !schema_exists(r->request_schema)) ||
        (r->response_schema && !schema_exists(r->response_schema)))
        return fail(e, E_INTERNAL, NULL, "route %s %s names a schema that is nowhere", name, r->path);
    for (; name[n]; n++) method[n] = (char)(name[n] | 0x20);
    method[n] = '\0';

    json_put_key(o, method);
    json_put_object(o);
    put_operation_id(o, r);
    json_put_key(o, "tags");
    json_put_array(o);
    json_put_str(o, openapi_group(r->path));
    json_put_array_end(o);
    openapi_put(o, "summary", r->summary);
    put_parameters(o, r);
    put_body(o, r);
    put_responses(o, r);
    put_security(o, r);
    json_put_object_end(o);
    return OK;
}
