/* The tables of all rooms, held against what the house asks of a route, and the document that is made from them. */
#include "test.h"

#include <jansson.h>
#include <stdlib.h>

#include "accounts/accounts.h"
#include "documents/document.h"
#include "http/docs_page.h"
#include "http/openapi.h"
#include "http/router.h"
#include "http/upload.h"
#include "jobs/job_list.h"
#include "messaging/messaging.h"
#include "channels/simulator.h"
#include "patients/patients.h"
#include "rag/rag.h"

static const struct route_set sets[] = {
    { accounts_routes, NULL },  { jobs_routes, NULL },    { patients_routes, NULL },
    { documents_routes, NULL }, { rag_routes, NULL },     { messaging_routes, NULL },
    { simulator_routes, NULL }, { openapi_routes, NULL }, { 0 },
};

typedef void route_check(const struct route *);

static int for_each(route_check *check) {
    int n = 0;
    for (const struct route_set *set = sets; set->routes; set++) {
        for (const struct route *r = set->routes; r->path; r++, n++) {
            if (check) check(r);
        }
    }
    return n;
}

static void wrong(const struct route *r, const char *what) {
    fail_msg("%s %s: %s", openapi_method(r->method), r->path, what);
}

static void check_row(const struct route *r) {
    bool sends_body = r->request_schema || r->form || r->upload;
    if (r->permission == PERM_NONE || r->permission >= PERM_COUNT) wrong(r, "no permission");
    if (!r->handler) wrong(r, "no handler");
    if (!r->summary || strlen(r->summary) < 4) wrong(r, "no summary");
    if (r->success < 200 || r->success > 299) wrong(r, "no code of success");
    if (sends_body && !r->upload && r->body_max_bytes == 0) wrong(r, "a body without a limit");
    if (r->method == HTTP_GET && (sends_body || r->creates)) wrong(r, "GET changes nothing");
    bool writes = r->creates || r->upload || (r->method & (HTTP_PUT | HTTP_PATCH | HTTP_DELETE));
    if (writes && r->run_on != RUN_WORKER) wrong(r, "writing waits for the disk: RUN_WORKER");
    if (r->creates && r->method != HTTP_POST) wrong(r, "only POST creates");
    if (r->success == 204 && r->response_schema) wrong(r, "204 has no body");
    if (r->upload && (r->upload->file_max_bytes == 0 || r->upload->files_max == 0))
        wrong(r, "an upload without limits");
    struct str path = str_from_c(r->path);
    if (str_starts(path, STR("/api/")) && !str_ends(path, STR("/")) && !str_ends(path, STR(".css")))
        wrong(r, "a path ends in a slash");
    for (const struct query_param *p = r->query; p && p->name; p++) {
        if (!p->description || strlen(p->description) < 4) wrong(r, "a parameter without description");
    }
}

static void every_row_has_what_must_not_be_forgotten(void **state) {
    (void)state;
    assert_true(for_each(check_row) > 40);
}

static void no_two_rows_answer_the_same(void **state) {
    (void)state;
    struct router *r = NULL;
    struct err e = { 0 };
    enum status s = router_new(sets, &r, &e);
    if (s != OK) fail_msg("%s", e.detail);
    router_free(r);
}

static json_t *document(void) {
    struct openapi api;
    struct err e = { 0 };
    json_error_t where;
    enum status s = openapi_init(&api, sets, STR("https://clinic.example"), &e);
    if (s != OK) fail_msg("%s", e.detail);
    json_t *root = json_loadb(api.json.p, api.json.n, JSON_REJECT_DUPLICATES, &where);
    if (!root) fail_msg("line %d, column %d: %s", where.line, where.column, where.text);
    openapi_done(&api);
    return root;
}

/* The operation of a route, or NULL. */
static json_t *operation(json_t *root, const struct route *r) {
    char method[8] = "";
    for (size_t i = 0; openapi_method(r->method)[i]; i++)
        method[i] = (char)(openapi_method(r->method)[i] | 0x20);
    return json_object_get(json_object_get(json_object_get(root, "paths"), r->path), method);
}

static void every_route_is_in_the_document_and_nothing_else(void **state) {
    (void)state;
    json_t *root = document(), *item, *op;
    const char *path, *method;
    int operations = 0;
    assert_string_equal(json_string_value(json_object_get(root, "openapi")), "3.1.0");
    json_object_foreach(json_object_get(root, "paths"), path, item) {
        json_object_foreach(item, method, op) operations++;
    }
    assert_int_equal(operations, for_each(NULL));
    for (const struct route_set *set = sets; set->routes; set++) {
        for (const struct route *r = set->routes; r->path; r++) {
            op = operation(root, r);
            assert_non_null(op);
            assert_string_equal(json_string_value(json_object_get(op, "summary")), r->summary);
            assert_int_equal(json_object_get(op, "requestBody") != NULL,
                             r->request_schema || r->upload || r->form);
            char code[8];
            snprintf(code, sizeof code, "%d", r->success);
            assert_non_null(json_object_get(json_object_get(op, "responses"), code));
            assert_int_equal(json_array_size(json_object_get(op, "security")) > 0,
                             r->permission != PERM_PUBLIC);
        }
    }
    json_decref(root);
}

/* Follows each $ref below a node. */
static void check_references(json_t *root, json_t *node) {
    static const char prefix[] = "#/components/schemas/";
    const char *key;
    json_t *child;
    size_t i;
    json_t *schemas = json_object_get(json_object_get(root, "components"), "schemas");
    json_object_foreach(node, key, child) {
        if (strcmp(key, "$ref") == 0) {
            const char *target = json_string_value(child);
            assert_non_null(target);
            assert_int_equal(strncmp(target, prefix, sizeof prefix - 1), 0);
            if (!json_object_get(schemas, target + sizeof prefix - 1)) fail_msg("%s is nowhere", target);
        } else {
            check_references(root, child);
        }
    }
    json_array_foreach(node, i, child) check_references(root, child);
}

static void every_reference_leads_somewhere(void **state) {
    (void)state;
    json_t *root = document();
    check_references(root, root);
    json_decref(root);
}

static void operation_ids_are_unique(void **state) {
    (void)state;
    json_t *root = document(), *seen = json_object(), *item, *op;
    const char *path, *method;
    json_object_foreach(json_object_get(root, "paths"), path, item) {
        json_object_foreach(item, method, op) {
            const char *id = json_string_value(json_object_get(op, "operationId"));
            assert_non_null(id);
            if (json_object_get(seen, id)) fail_msg("%s stands twice", id);
            json_object_set_new(seen, id, json_true());
        }
    }
    json_decref(seen);
    json_decref(root);
}

static void a_schema_that_is_nowhere_is_told(void **state) {
    (void)state;
    static const struct route routes[] = { { .method = HTTP_GET,
                                             .path = "/a/",
                                             .permission = PERM_PUBLIC,
                                             .summary = "A",
                                             .response_schema = "Nowhere",
                                             .success = 200 },
                                           { 0 } };
    const struct route_set bad[] = { { routes, NULL }, { 0 } };
    struct openapi api;
    struct err e = { 0 };
    assert_int_equal(openapi_init(&api, bad, STR(""), &e), E_INTERNAL);
    openapi_done(&api);
}

static void the_page_names_every_path_and_runs_no_script(void **state) {
    (void)state;
    struct buf html;
    buf_init(&html, 1024 * 1024);
    docs_page_write(sets, &html);
    assert_true(buf_ok(&html));
    struct str page = buf_str(&html);
    assert_int_equal(str_find(page, STR("<script")), page.n);
    assert_int_equal(str_find(page, STR("style=")), page.n);
    for (const struct route_set *set = sets; set->routes; set++) {
        for (const struct route *r = set->routes; r->path; r++)
            assert_true(str_find(page, str_from_c(r->path)) < page.n);
    }
    buf_done(&html);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_has_what_must_not_be_forgotten),
        cmocka_unit_test(no_two_rows_answer_the_same),
        cmocka_unit_test(every_route_is_in_the_document_and_nothing_else),
        cmocka_unit_test(every_reference_leads_somewhere),
        cmocka_unit_test(operation_ids_are_unique),
        cmocka_unit_test(a_schema_that_is_nowhere_is_told),
        cmocka_unit_test(the_page_names_every_path_and_runs_no_script),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
