/* Fetching what people sent: where it may lead to, who gets the credentials, and how much is taken. */
#include "test.h"

#include "base/mac.h"
#include "channels/media_download.h"
#include "channels/meta.h"
#include "channels/twilio.h"
#include "support/fake_service.h"

enum { MAX_BYTES = 1000 };

static struct arena *arena;
static struct http_client *client;
static struct fake_service *carrier, *store;

static int start(void **state) {
    (void)state;
    arena = arena_new(8 << 20);
    return arena && http_client_new(arena, &client, NULL) == OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    if (carrier) fake_service_stop(carrier);
    if (store) fake_service_stop(store);
    carrier = store = NULL;
    http_client_free(client);
    arena_free(arena);
    return 0;
}

static struct str join(const char *a, const char *b) {
    struct str out;
    assert_true(arena_printf(arena, &out, "%s%s", a, b));
    return out;
}

static struct channel_call call(void) {
    return (struct channel_call) { .arena = arena, .client = client, .now_us = SECOND_US };
}

static struct twilio twilio_at(const char *base) {
    return (struct twilio) { .account_sid = STR("AC1"),
                             .auth_token = STR("token"),
                             .base_url = str_from_c(base) };
}

static enum status fetch(struct str ref, struct str *bytes, struct err *e) {
    struct twilio t = twilio_at(fake_service_url(carrier));
    struct channel channel = twilio_channel(&t);
    struct channel_call c = call();
    return channel.fetch(channel.ctx, &c, ref, MAX_BYTES, bytes, e);
}

static struct str medium(void) {
    return join(fake_service_url(carrier), "/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1");
}

static bool has_credentials(struct fake_service *service, size_t i) {
    struct str head = fake_service_head(service, i);
    return str_find(head, STR("\r\nAuthorization:")) < head.n;
}

static const char *location(const char *to) {
    return join(join("Location: ", to).p, "\r\n").p;
}

static void a_redirect_is_followed_without_the_credentials(void **state) {
    (void)state;
    const struct fake_answer bytes[] = { { 200, "%PDF-1.7" } };
    struct str got;
    store = fake_service_start(bytes, 1);
    const struct fake_answer away[] = { { 307, "",
                                          location(join(fake_service_url(store), "/file?sig=1").p) } };
    carrier = fake_service_start(away, 1);
    assert_int_equal(fetch(medium(), &got, NULL), OK);
    assert_str_equal(got, STR("%PDF-1.7"));
    assert_true(has_credentials(carrier, 0));
    assert_false(has_credentials(store, 0));
    assert_true(str_starts(fake_service_head(store, 0), STR("GET /file?sig=1 ")));
}

static void a_redirect_to_an_inner_network_is_refused(void **state) {
    (void)state;
    static const char *const inside[] = {
        "https://10.0.0.1/x",
        "https://169.254.169.254/latest/meta-data/",
        "http://192.168.1.1/",
        "https://[::ffff:a00:1]/x",
        "http://example.com/x",
        "file:///etc/passwd",
        "https://u:p@example.com/",
        "//127.0.0.1/x",
        "/x",
        "gopher://127.0.0.1/",
        "",
    };
    for (size_t i = 0; i < COUNT_OF(inside); i++) {
        struct str got;
        const struct fake_answer away[] = { { 302, "", location(inside[i]) } };
        carrier = fake_service_start(away, 1);
        if (fetch(medium(), &got, NULL) != E_DENIED) fail_msg("%s", inside[i]);
        fake_service_stop(carrier);
        carrier = NULL;
    }
}

static void a_circle_of_redirects_ends(void **state) {
    (void)state;
    struct fake_answer circle[5];
    const char *again;
    struct str got;
    for (size_t i = 0; i < COUNT_OF(circle); i++) circle[i] = (struct fake_answer) { .code = 302 };
    store = fake_service_start(circle, COUNT_OF(circle));
    again = location(fake_service_url(store));
    for (size_t i = 0; i < COUNT_OF(circle); i++) circle[i].headers = again;
    const struct fake_answer away[] = { { 302, "", again } };
    carrier = fake_service_start(away, 1);
    assert_int_equal(fetch(medium(), &got, NULL), E_RETRY);
    assert_int_equal(fake_service_request_count(store), 2);
}

static void only_our_account_is_asked(void **state) {
    (void)state;
    static const char *const refs[] = {
        "/2010-04-01/Accounts/AC2/Messages/MM1/Media/ME1",   "/2010-04-01/Accounts/AC1/Messages/",
        "/2010-04-01/Accounts/AC1/Messages/../../x",         "/2010-04-01/Accounts/AC1/Messages/MM1?x=1",
        ".example/2010-04-01/Accounts/AC1/Messages/MM1/M/1", "",
    };
    struct str got;
    carrier = fake_service_start(NULL, 0);
    for (size_t i = 0; i < COUNT_OF(refs); i++)
        assert_int_equal(fetch(join(fake_service_url(carrier), refs[i]), &got, NULL), E_DENIED);
    assert_int_equal(fake_service_request_count(carrier), 0);
}

static void what_the_answer_says_is_told_apart(void **state) {
    (void)state;
    static char large[MAX_BYTES + 2];
    memset(large, 'x', sizeof large - 1);
    const struct fake_answer answers[] = { { 404, "{}" }, { 503, "{}" }, { 401, "{}" }, { 200, large } };
    static const enum status outcomes[] = { E_NOT_FOUND, E_RETRY, E_RETRY, E_LIMIT };
    struct str got;
    carrier = fake_service_start(answers, COUNT_OF(answers));
    for (size_t i = 0; i < COUNT_OF(answers); i++) assert_int_equal(fetch(medium(), &got, NULL), outcomes[i]);
}

static void it_is_forgotten_at_twilio(void **state) {
    (void)state;
    static const struct fake_answer answers[] = { { 204 }, { 404, "{}" }, { 500, "{}" } };
    static const enum status outcomes[] = { OK, OK, E_RETRY };
    carrier = fake_service_start(answers, COUNT_OF(answers));
    struct twilio t = twilio_at(fake_service_url(carrier));
    struct channel channel = twilio_channel(&t);
    struct channel_call c = call();
    for (size_t i = 0; i < COUNT_OF(answers); i++)
        assert_int_equal(channel.forget_media(channel.ctx, &c, medium(), NULL), outcomes[i]);
    assert_true(str_starts(fake_service_head(carrier, 0),
                           STR("DELETE /2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1.json ")));
}

/* ---- Meta ---- */

static enum status fetch_of_meta(const char *json, struct str *bytes) {
    const struct fake_answer answers[] = { { 200, json } };
    carrier = fake_service_start(answers, 1);
    struct meta m = { .access_token = STR("EAAG"),
                      .phone_number_id = STR("555"),
                      .base_url = str_from_c(fake_service_url(carrier)),
                      .version = STR("v26.0") };
    struct channel channel = meta_channel(&m);
    struct channel_call c = call();
    enum status s = channel.fetch(channel.ctx, &c, STR("4711"), MAX_BYTES, bytes, NULL);
    assert_true(str_starts(fake_service_head(carrier, 0), STR("GET /v26.0/4711?phone_number_id=555 ")));
    fake_service_stop(carrier);
    carrier = NULL;
    return s;
}

static void a_name_of_meta_leads_to_the_bytes(void **state) {
    (void)state;
    static const struct fake_answer bytes[] = { { 200, "OggS" }, { 200, "OggX" } };
    char sha[MAC_SHA256_HEX_BYTES];
    struct str got, json;
    assert_true(sha256_hex(STR("OggS"), sha));
    store = fake_service_start(bytes, COUNT_OF(bytes));
    assert_true(arena_printf(arena, &json, "{\"url\":\"%s/f\",\"sha256\":\"%s\",\"file_size\":4}",
                             fake_service_url(store), sha));
    assert_int_equal(fetch_of_meta(json.p, &got), OK);
    assert_str_equal(got, STR("OggS"));
    struct str head = fake_service_head(store, 0);
    assert_true(str_find(head, STR("\r\nAuthorization: Bearer EAAG\r\n")) < head.n);
    assert_int_equal(fetch_of_meta(json.p, &got), E_RETRY); /* not the bytes that were meant */
}

static void the_token_goes_to_metas_hosts_only(void **state) {
    (void)state;
    static const char *const answers[] = {
        "{\"url\":\"https://lookaside.fbsbx.com.example/f\"}",
        "{\"url\":\"https://evilfbsbx.com/f\"}",
        "{\"url\":\"https://10.0.0.1/f\"}",
        "{\"url\":\"http://lookaside.fbsbx.com/f\"}",
        "{\"url\":\"https://x@lookaside.fbsbx.com/f\"}",
        "{\"url\":\"https://e.example/?.fbsbx.com\"}",
        "{}",
    };
    struct str got;
    for (size_t i = 0; i < COUNT_OF(answers); i++)
        if (fetch_of_meta(answers[i], &got) != E_DENIED) fail_msg("%s", answers[i]);
    assert_int_equal(fetch_of_meta("{\"url\":\"https://lookaside.fbsbx.com/f\",\"file_size\":1001}", &got),
                     E_LIMIT);
}

static void what_may_be_asked_is_clear(void **state) {
    (void)state;
    struct str far = STR("https://api.twilio.com"), here = STR("http://127.0.0.1:8103");
    assert_true(media_url_is_sound(STR("https://s3.example/a?b#c"), far));
    assert_true(media_url_is_sound(STR("https://s3.example?b"), far));
    assert_true(media_url_is_sound(STR("http://127.0.0.1:9/a"), here));
    assert_false(media_url_is_sound(STR("http://127.0.0.1:9/a"), far));
    assert_false(media_url_is_sound(STR("http://s3.example/a"), here));
    assert_false(media_url_is_sound(STR("https://"), far));
    assert_false(media_url_is_sound(STR("https"), far));
    assert_int_equal(media_reach(far), REACH_PUBLIC);
    assert_int_equal(media_reach(here), REACH_PUBLIC_OR_LOOPBACK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_redirect_is_followed_without_the_credentials, start, stop),
        cmocka_unit_test_setup_teardown(a_redirect_to_an_inner_network_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(a_circle_of_redirects_ends, start, stop),
        cmocka_unit_test_setup_teardown(only_our_account_is_asked, start, stop),
        cmocka_unit_test_setup_teardown(what_the_answer_says_is_told_apart, start, stop),
        cmocka_unit_test_setup_teardown(it_is_forgotten_at_twilio, start, stop),
        cmocka_unit_test_setup_teardown(a_name_of_meta_leads_to_the_bytes, start, stop),
        cmocka_unit_test_setup_teardown(the_token_goes_to_metas_hosts_only, start, stop),
        cmocka_unit_test_setup_teardown(what_may_be_asked_is_clear, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
