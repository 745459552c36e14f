/* What Twilio is sent, and what its answers mean. */
#include "test.h"

#include "channels/twilio.h"
#include "http/urlencoded.h"

static struct arena *arena;
static struct twilio twilio;
static struct channel channel;

static int start(void **state) {
    (void)state;
    twilio = (struct twilio) { .account_sid = STR("AC1"),
                               .auth_token = STR("token"),
                               .sender = STR("+14155238886"),
                               .base_url = STR("https://api.twilio.com"),
                               .public_url = STR("https://clinique.sn") };
    channel = twilio_channel(&twilio);
    return (arena = arena_new(1 << 20)) ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct str form_of(struct outgoing out) {
    struct http_send_request rq;
    out.message_id = 17;
    assert_int_equal(channel.request(channel.ctx, arena, &out, &rq, NULL), OK);
    assert_str_equal(rq.url, STR("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json"));
    assert_str_equal(rq.headers[0].value, STR("Basic QUMxOnRva2Vu"));
    assert_true(urlencoded_is_valid(rq.body, true));
    return rq.body;
}

static void holds(struct str form, const char *name, const char *value) {
    struct str got = STR("");
    bool there = urlencoded_get(arena, form, str_from_c(name), &got);
    if (!value) {
        assert_false(there);
        return;
    }
    assert_true(there);
    assert_str_equal(got, str_from_c(value));
}

static void a_text_is_written(void **state) {
    struct str form =
        form_of((struct outgoing) { .to = STR("+221771234567"), .body = STR("À 8 h & 20 h : 1+1\n=2 😀") });
    (void)state;
    holds(form, "To", "whatsapp:+221771234567");
    holds(form, "From", "whatsapp:+14155238886");
    holds(form, "Body", "À 8 h & 20 h : 1+1\n=2 😀");
    holds(form, "StatusCallback", "https://clinique.sn/webhook/whatsapp-rag?message=17");
    holds(form, "ContentSid", NULL);
    holds(form, "MessagingServiceSid", NULL);
}

static void a_template_replaces_the_text(void **state) {
    struct str form = form_of((struct outgoing) { .to = STR("+221771234567"),
                                                  .body = STR("Bonjour Awa"),
                                                  .template_name = STR("HX1"),
                                                  .template_variables = STR("[\"Awa \\\"A\\\"\",\"x\"]") });
    (void)state;
    holds(form, "ContentSid", "HX1");
    holds(form, "ContentVariables", "{\"1\":\"Awa \\\"A\\\"\",\"2\":\"x\"}");
    holds(form, "Body", NULL);
}

static void a_service_chooses_the_sender(void **state) {
    (void)state;
    twilio.sender = STR("");
    twilio.service_sid = STR("MG1");
    struct str form = form_of((struct outgoing) { .to = STR("+221771234567"), .body = STR("x") });
    holds(form, "MessagingServiceSid", "MG1");
    holds(form, "From", NULL);
}

static void a_short_message_needs_its_own_sender(void **state) {
    const struct outgoing out = { .to = STR("+221771234567"), .body = STR("x"), .transport = TRANSPORT_SMS };
    struct http_send_request rq;
    (void)state;
    assert_int_equal(channel.request(channel.ctx, arena, &out, &rq, NULL), E_INVALID);
    twilio.sms_sender = STR("+221338000000");
    struct str form = form_of(out);
    holds(form, "To", "+221771234567");
    holds(form, "From", "+221338000000");
}

static void answers_are_understood(void **state) {
    static const struct {
        int code;
        const char *body;
        enum status status;
        enum verdict verdict;
        enum message_status message;
    } samples[] = {
        { 201, "{\"sid\":\"SM1\",\"status\":\"queued\",\"error_code\":null}", OK, VERDICT_NONE,
          MESSAGE_ACCEPTED },
        { 201, "{\"sid\":\"SM1\",\"status\":\"sent\"}", OK, VERDICT_NONE, MESSAGE_SENT },
        { 201, "{\"sid\":\"SM1\",\"status\":\"failed\",\"error_code\":63016}", OK, VERDICT_WINDOW,
          MESSAGE_FAILED },
        { 201, "{}", E_UNCERTAIN, VERDICT_NONE, 0 },
        { 200, "<html>", E_UNCERTAIN, VERDICT_NONE, 0 },
        { 400, "{\"code\":21610}", OK, VERDICT_OPTED_OUT, 0 },
        { 400, "{\"code\":21211}", OK, VERDICT_UNREACHABLE, 0 },
        { 400, "{\"code\":1}", OK, VERDICT_REFUSED, 0 },
        { 400, "<html>", OK, VERDICT_REFUSED, 0 },
        { 401, "{\"code\":20003}", OK, VERDICT_ACCOUNT, 0 },
        { 404, "{\"code\":20404}", OK, VERDICT_ACCOUNT, 0 },
        { 429, "{\"code\":20429}", OK, VERDICT_RETRY, 0 },
        { 429, "<html>", OK, VERDICT_RETRY, 0 },
        { 500, "{\"code\":20500}", E_UNCERTAIN, VERDICT_NONE, 0 },
        { 503, "<html>", E_UNCERTAIN, VERDICT_NONE, 0 },
        { 307, "", E_UNCERTAIN, VERDICT_NONE, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        const struct http_answer got = { .code = samples[i].code, .body = str_from_c(samples[i].body) };
        struct sent sent = { .status = MESSAGE_ACCEPTED };
        enum status s = channel.answer(channel.ctx, arena, &(struct outgoing) { 0 }, &got, &sent, NULL);
        if (s != samples[i].status || (s == OK && sent.verdict != samples[i].verdict))
            fail_msg("answer %zu", i);
        if (s == OK && samples[i].message) assert_int_equal(sent.status, samples[i].message);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_text_is_written, start, stop),
        cmocka_unit_test_setup_teardown(a_template_replaces_the_text, start, stop),
        cmocka_unit_test_setup_teardown(a_service_chooses_the_sender, start, stop),
        cmocka_unit_test_setup_teardown(a_short_message_needs_its_own_sender, start, stop),
        cmocka_unit_test_setup_teardown(answers_are_understood, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
