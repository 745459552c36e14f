/* Signing in and out over HTTP: cookies, CSRF tokens, API tokens, and what ends them. */
#include "test.h"

#include <stdlib.h>

#include "accounts/accounts.h"
#include "accounts/notification.h"
#include "base/log.h"
#include "http/raw_client.h"
#include "support/temp_db.h"

struct site {
    struct temp_db t;
    struct accounts accounts;
    struct http_server *server;
    struct str address;
    struct user admin;
};

static const struct str password = { "baobab et tamarin", 17 };

static int begin(void **state) {
    struct site *site = calloc(1, sizeof *site);
    const struct key root = { { 7 } };
    const struct clock clock = clock_system();
    struct err e = { 0 };
    temp_db_open(&site->t);
    assert_int_equal(accounts_init(&site->accounts, &root, STR("http://localhost"), &e), OK);
    site->admin = (struct user) { .email = STR("awa@b.sn"), .role = ROLE_ADMIN, .is_active = true };
    assert_int_equal(
        accounts_hash_password(&site->accounts, site->t.arena, password, &site->admin.password_hash, &e), OK);
    assert_int_equal(user_create(site->t.db, &site->admin, 0, 1, &e), OK);

    const struct http_authenticator auth = accounts_authenticator(&site->accounts);
    const struct route_set sets[] = { { accounts_routes, &site->accounts },
                                      { people_routes, &site->accounts },
                                      { 0 } };
    const struct http_options options = { .listen = STR("127.0.0.1:0"),
                                          .public_url = STR("http://localhost"),
                                          .http_threads = 1,
                                          .request_workers = 2,
                                          .header_deadline_us = 20 * SECOND_US,
                                          .body_deadline_us = 20 * SECOND_US,
                                          .sets = sets,
                                          .auth = &auth,
                                          .clock = &clock,
                                          .db = site->t.pool };
    if (http_server_start(&options, &site->server, &e) != OK) fail_msg("%s", e.detail);
    site->address = http_server_address(site->server);
    *state = site;
    return 0;
}

static int end(void **state) {
    struct site *site = *state;
    http_server_stop(site->server, SECOND_US);
    accounts_done(&site->accounts);
    temp_db_close(&site->t);
    free(site);
    return 0;
}

static void ask(const struct site *site, const char *method_and_path, const char *headers, const char *body,
                struct answer *a) {
    char request[2048];
    snprintf(
        request, sizeof request,
        "%s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept-Language: en\r\n%sContent-Length: %zu\r\n"
        "\r\n%s",
        method_and_path, headers, strlen(body), body);
    client_ask(site->address, request, a);
}

static int status_of(const struct site *site, const char *method_and_path, const char *headers,
                     const char *body) {
    struct answer a;
    ask(site, method_and_path, headers, body, &a);
    answer_free(&a);
    return a.status;
}

/* The value of a cookie that the answer sets. */
static void cookie_of(const struct answer *a, const char *name, char *out, size_t max) {
    char needle[64];
    snprintf(needle, sizeof needle, "Set-Cookie: %s=", name);
    const char *at = strstr(a->head, needle);
    assert_non_null(at);
    at += strlen(needle);
    snprintf(out, max, "%.*s", (int)strcspn(at, ";\r"), at);
}

struct browser {
    char session[64], csrf[80];
    char reading[200], writing[300]; /* headers: the cookie alone, and with the CSRF token */
};

static void keep_cookies(const struct answer *a, struct browser *b) {
    cookie_of(a, "sessionid", b->session, sizeof b->session);
    cookie_of(a, "csrftoken", b->csrf, sizeof b->csrf);
    snprintf(b->reading, sizeof b->reading, "Cookie: csrftoken=%s; sessionid=%s\r\n", b->csrf, b->session);
    snprintf(b->writing, sizeof b->writing, "%sX-CSRFToken: %s\r\n", b->reading, b->csrf);
}

static void sign_in(const struct site *site, struct browser *b) {
    struct answer a;
    ask(site, "POST /api/auth/login/", "", "{\"email\":\" AWA@b.sn\",\"password\":\"baobab et tamarin\"}",
        &a);
    assert_int_equal(a.status, 200);
    keep_cookies(&a, b);
    answer_free(&a);
}

static void a_session_lives_until_it_is_ended(void **state) {
    const struct site *site = *state;
    struct browser b;
    sign_in(site, &b);
    assert_int_equal(status_of(site, "GET /api/auth/me/", b.reading, ""), 200);
    assert_int_equal(status_of(site, "POST /api/auth/logout/", b.reading, ""), 403);
    assert_int_equal(status_of(site, "POST /api/auth/logout/", b.writing, ""), 204);
    assert_int_equal(status_of(site, "GET /api/auth/me/", b.reading, ""), 401);
}

static void one_session_s_csrf_token_is_not_another_s(void **state) {
    const struct site *site = *state;
    struct browser one, two;
    char mixed[400];
    sign_in(site, &one);
    sign_in(site, &two);
    snprintf(mixed, sizeof mixed, "Cookie: csrftoken=%s; sessionid=%s\r\nX-CSRFToken: %s\r\n", two.csrf,
             one.session, two.csrf);
    assert_int_equal(status_of(site, "POST /api/auth/logout/", mixed, ""), 403);
}

static void a_new_password_ends_the_other_sessions(void **state) {
    const struct site *site = *state;
    struct browser here, there, renewed;
    struct answer a;
    sign_in(site, &here);
    sign_in(site, &there);
    ask(site, "POST /api/auth/password/", here.writing,
        "{\"old_password\":\"wrong\",\"new_password\":\"fromager et rônier\"}", &a);
    assert_int_equal(a.status, 400);
    assert_non_null(strstr(a.body, "\"old_password\":["));
    answer_free(&a);
    assert_int_equal(status_of(site, "GET /api/auth/me/", there.reading, ""), 200);
    ask(site, "POST /api/auth/password/", here.writing,
        "{\"old_password\":\"baobab et tamarin\",\"new_password\":\"fromager et rônier\"}", &a);
    assert_int_equal(a.status, 204);
    keep_cookies(&a, &renewed);
    answer_free(&a);
    assert_int_equal(status_of(site, "GET /api/auth/me/", there.reading, ""), 401);
    assert_int_equal(status_of(site, "GET /api/auth/me/", here.reading, ""), 401);
    assert_int_equal(status_of(site, "GET /api/auth/me/", renewed.reading, ""), 200);
}

/* The header of a new token. */
static void make_token(const struct site *site, int64_t user_id, char out[100]) {
    struct accounts *acc = (struct accounts *)(uintptr_t)&site->accounts;
    char token[TOKEN_TEXT_BYTES];
    assert_int_equal(accounts_token_create(acc, site->t.db, user_id, STR("t"), 0, 1, token, NULL), OK);
    snprintf(out, 100, "Authorization: Token %s\r\n", token);
}

static void a_token_works_until_its_user_is_switched_off_or_removed(void **state) {
    struct site *site = *state;
    char admin[100], nurse[100], path[64], request[80];
    struct user u = {
        .email = STR("n@b.sn"), .password_hash = STR("-"), .role = ROLE_NURSE, .is_active = true
    };
    assert_int_equal(user_create(site->t.db, &u, 0, 1, NULL), OK);
    make_token(site, site->admin.id, admin);
    make_token(site, u.id, nurse);
    assert_int_equal(status_of(site, "GET /api/auth/me/", nurse, ""), 200);
    assert_int_equal(status_of(site, "GET /api/users/", nurse, ""), 403);

    snprintf(path, sizeof path, "/api/users/%lld/", (long long)u.id);
    snprintf(request, sizeof request, "PATCH %s", path);
    assert_int_equal(status_of(site, request, admin, "{\"is_active\":false}"), 200);
    assert_int_equal(status_of(site, "GET /api/auth/me/", nurse, ""), 401);
    assert_int_equal(status_of(site, request, admin, "{\"is_active\":true}"), 200);
    assert_int_equal(status_of(site, "GET /api/auth/me/", nurse, ""), 200);
    snprintf(request, sizeof request, "DELETE %s", path);
    assert_int_equal(status_of(site, request, admin, ""), 204);
    assert_int_equal(status_of(site, request, admin, ""), 404);
    assert_int_equal(status_of(site, "GET /api/auth/me/", nurse, ""), 401);
    /* The last administrator stays. */
    snprintf(request, sizeof request, "DELETE /api/users/%lld/", (long long)site->admin.id);
    assert_int_equal(status_of(site, request, admin, ""), 409);
}

static void a_user_is_created_once_for_one_key(void **state) {
    struct site *site = *state;
    char headers[200];
    struct answer a;
    static const char body[] =
        "{\"email\":\"k@b.sn\",\"password\":\"rônier et fromager\",\"role\":\"nurse\"}";
    make_token(site, site->admin.id, headers);
    snprintf(headers + strlen(headers), 100, "Idempotency-Key: one\r\n");
    ask(site, "POST /api/users/", headers, body, &a);
    assert_int_equal(a.status, 201);
    assert_null(answer_header(&a, "Idempotency-Replayed"));
    answer_free(&a);
    ask(site, "POST /api/users/", headers, body, &a);
    assert_int_equal(a.status, 201);
    assert_non_null(answer_header(&a, "Idempotency-Replayed"));
    answer_free(&a);
    make_token(site, site->admin.id, headers);
    ask(site, "POST /api/users/", headers, body, &a);
    assert_int_equal(a.status, 400);
    assert_non_null(strstr(a.body, "\"email\":["));
    answer_free(&a);
}

static void notifications_are_read_once(void **state) {
    struct site *site = *state;
    char admin[100];
    struct answer a;
    make_token(site, site->admin.id, admin);
    assert_int_equal(db_begin(site->t.db, NULL), OK);
    enum status s = notification_add(site->t.db, STR("test"), 0, 5, SEVERITY_DANGER, 1, NULL);
    assert_int_equal(db_finish(site->t.db, s, NULL), OK);
    ask(site, "GET /api/notifications/?unread=true", admin, "", &a);
    assert_non_null(strstr(a.body, "\"count\":1"));
    assert_non_null(strstr(a.body, "\"severity\":\"danger\""));
    answer_free(&a);
    assert_int_equal(status_of(site, "POST /api/notifications/1/read/", admin, ""), 200);
    assert_int_equal(status_of(site, "POST /api/notifications/2/read/", admin, ""), 404);
    ask(site, "GET /api/notifications/?unread=true", admin, "", &a);
    assert_non_null(strstr(a.body, "\"count\":0"));
    answer_free(&a);
    assert_int_equal(status_of(site, "GET /api/audit/?object_type=user&object_id=1", admin, ""), 200);
}

static void who_must_change_the_password_is_answered_nothing_else(void **state) {
    struct site *site = *state;
    struct user given = site->admin;
    struct browser b, after;
    struct answer a;
    struct err e = { 0 };
    sign_in(site, &b);
    given.must_change_password = true; /* the hash stays, and with it the session */
    assert_int_equal(user_save(site->t.db, &site->admin, &given, 0, 2, &e), OK);

    ask(site, "GET /api/users/", b.reading, "", &a);
    assert_int_equal(a.status, 403);
    assert_non_null(strstr(a.body, "password_change_required"));
    assert_non_null(strstr(a.body, "choose one of your own first"));
    answer_free(&a);
    assert_int_equal(status_of(site, "GET /api/auth/sessions/", b.reading, ""), 403);
    assert_int_equal(status_of(site, "PATCH /api/auth/me/", b.writing, "{\"full_name\":\"A\"}"), 403);
    assert_int_equal(status_of(site, "GET /api/auth/password/forgotten/", b.reading, ""), 200);
    assert_int_equal(status_of(site, "GET /api/auth/me/", b.reading, ""), 200);
    ask(site, "POST /api/auth/password/", b.writing,
        "{\"old_password\":\"baobab et tamarin\",\"new_password\":\"un autre baobab\"}", &a);
    assert_int_equal(a.status, 204);
    keep_cookies(&a, &after);
    answer_free(&a);
    assert_int_equal(status_of(site, "GET /api/users/", after.reading, ""), 200);
    assert_int_equal(status_of(site, "POST /api/auth/logout/", after.writing, ""), 204);
}

int main(void) {
    const struct log_options quiet = { .level = LOG_ERROR, .file = "/dev/null" };
    if (log_open(&quiet, NULL) != OK) return 1;
#define ON_A_SITE(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        ON_A_SITE(a_session_lives_until_it_is_ended),
        ON_A_SITE(one_session_s_csrf_token_is_not_another_s),
        ON_A_SITE(a_new_password_ends_the_other_sessions),
        ON_A_SITE(a_token_works_until_its_user_is_switched_off_or_removed),
        ON_A_SITE(a_user_is_created_once_for_one_key),
        ON_A_SITE(notifications_are_read_once),
        ON_A_SITE(who_must_change_the_password_is_answered_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
