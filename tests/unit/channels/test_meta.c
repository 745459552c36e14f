/* Meta's Cloud API: what is sent, what its answers mean, its signature, and calls that tell many things at once. */
#include "test.h"

#include "channels/meta.h"
#include "net/wire.h"

static struct arena *arena;
static struct meta meta;
static struct channel channel;

static int start(void **state) {
    (void)state;
    meta = (struct meta) { .access_token = STR("a-token"),
                           .app_secret = STR("meta-secret-de-test"),
                           .phone_number_id = STR("1063"),
                           .base_url = STR("https://graph.facebook.com"),
                           .version = STR("v26.0") };
    channel = meta_channel(&meta);
    return (arena = arena_new(8 << 20)) ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static json_t *body_of(struct outgoing out) {
    struct http_send_request rq;
    out.message_id = 17;
    assert_int_equal(channel.request(channel.ctx, arena, &out, &rq, NULL), OK);
    assert_str_equal(rq.url, STR("https://graph.facebook.com/v26.0/1063/messages"));
    assert_str_equal(rq.headers[0].value, STR("Bearer a-token"));
    json_t *body = wire_json(rq.body);
    assert_non_null(body);
    assert_str_equal(wire_text(body, "biz_opaque_callback_data"), STR("17"));
    assert_str_equal(wire_text(body, "messaging_product"), STR("whatsapp"));
    return body;
}

static void a_text_and_a_template_are_written(void **state) {
    (void)state;
    json_t *text =
        body_of((struct outgoing) { .to = STR("+221771234567"), .body = STR("L'été \"chaud\"\n") });
    assert_str_equal(wire_text(text, "to"), STR("221771234567"));
    assert_str_equal(wire_text(json_object_get(text, "text"), "body"), STR("L'été \"chaud\"\n"));
    json_decref(text);
    json_t *template = body_of((struct outgoing) { .to = STR("SN.1349"),
                                                   .template_name = STR("activation"),
                                                   .template_language = STR("fr"),
                                                   .template_variables = STR("[\"Awa\",\"https://x\"]") });
    assert_str_equal(wire_text(template, "recipient"), STR("SN.1349"));
    const json_t *content = json_object_get(template, "template");
    assert_str_equal(wire_text(json_object_get(content, "language"), "code"), STR("fr"));
    const json_t *parameters =
        json_object_get(json_array_get(json_object_get(content, "components"), 0), "parameters");
    assert_int_equal(json_array_size(parameters), 2);
    assert_str_equal(wire_text(json_array_get(parameters, 1), "text"), STR("https://x"));
    json_decref(template);
}

static enum status answer(int code, const char *body, struct sent *sent) {
    const struct http_answer got = { .code = code, .body = str_from_c(body) };
    *sent = (struct sent) { .status = MESSAGE_ACCEPTED };
    return channel.answer(channel.ctx, arena, &(struct outgoing) { 0 }, &got, sent, NULL);
}

static void answers_are_understood(void **state) {
    static const struct {
        int code;
        const char *body;
        enum status status;
        enum verdict verdict;
    } samples[] = {
        { 200, "{\"messages\":[{\"id\":\"wamid.HBg\"}]}", OK, VERDICT_NONE },
        { 200, "<html>", E_UNCERTAIN, VERDICT_NONE },
        { 200, "{\"messages\":[]}", E_UNCERTAIN, VERDICT_NONE },
        { 400, "{\"error\":{\"code\":131047}}", OK, VERDICT_WINDOW },
        { 400, "{\"error\":{\"code\":130429}}", OK, VERDICT_RETRY },
        { 500, "{\"error\":{\"code\":131016}}", OK, VERDICT_RETRY },
        { 401, "{\"error\":{\"code\":190}}", OK, VERDICT_ACCOUNT },
        { 403, "<html>", OK, VERDICT_ACCOUNT },
        { 400, "{\"error\":{\"code\":999999}}", OK, VERDICT_REFUSED },
        { 502, "<html>", E_UNCERTAIN, VERDICT_NONE },
    };
    struct sent sent;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        assert_int_equal(answer(samples[i].code, samples[i].body, &sent), samples[i].status);
        if (samples[i].status == OK) assert_int_equal(sent.verdict, samples[i].verdict);
    }
    assert_int_equal(answer(200, samples[0].body, &sent), OK);
    assert_string_equal(sent.provider_sid, "wamid.HBg");
}

static void only_metas_own_signature_passes(void **state) {
    static const char body[] = "{\"object\":\"whatsapp_business_account\",\"entry\":[]}";
    struct webhook_call call = {
        .signature = STR("sha256=d68abe231e2dd61765ddf0d1058862dc9633a7daab61b83b45b688d19c6b768e"),
        .body = str_from_c(body)
    };
    (void)state;
    assert_int_equal(channel.verify(channel.ctx, arena, &call, NULL), OK);
    call.body.n--;
    assert_int_equal(channel.verify(channel.ctx, arena, &call, NULL), E_DENIED);
    call.body.n++;
    call.signature.n--;
    assert_int_equal(channel.verify(channel.ctx, arena, &call, NULL), E_DENIED);
    call.signature = STR("");
    assert_int_equal(channel.verify(channel.ctx, arena, &call, NULL), E_DENIED);
}

static enum status read(const char *value, struct channel_events *events) {
    struct webhook_call call = { 0 };
    assert_true(arena_printf(
        arena, &call.body,
        "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":"
        "\"messages\",\"value\":%s}]}]}",
        value));
    return channel.read(channel.ctx, arena, &call, events, NULL);
}

static void one_call_tells_many_things(void **state) {
    struct channel_events got;

    (void)state;
    assert_int_equal(
        read(
            "{\"metadata\":{\"phone_number_id\":\"1063\"},\"messages\":["
            "{\"from\":\"221771234567\",\"from_user_id\":\"SN.1\",\"id\":\"wamid.1\",\"timestamp\":\"1763800000\",\"type\":"
            "\"text\",\"text\":{\"body\":\"\\u00c0 jeun ?\"}},"
            "{\"from_user_id\":\"SN.2\",\"id\":\"wamid.2\",\"type\":\"audio\",\"audio\":{\"id\":\"77\",\"mime_type\":"
            "\"audio/ogg; codecs=opus\",\"voice\":true}},"
            "{\"from\":\"221771234567\",\"id\":\"wamid.3\",\"type\":\"reaction\",\"reaction\":{\"emoji\":\"x\"}},"
            "{\"from\":\"221771234567\",\"id\":\"wamid.4\",\"type\":\"button\",\"button\":{\"text\":\"Oui\",\"payload\":\"P\"}}],"
            "\"statuses\":[{\"id\":\"wamid.9\",\"status\":\"failed\",\"biz_opaque_callback_data\":\"17\",\"errors\":[{\"code\":"
            "131026}]},{\"id\":\"wamid.8\",\"status\":\"warmed\"}]}",
            &got),
        OK);
    assert_int_equal(got.count, 4);
    assert_str_equal(got.items[0].from, STR("+221771234567"));
    assert_str_equal(got.items[0].body, STR("À jeun ?"));
    assert_int_equal(got.items[0].sent_at_us, INT64_C(1763800000) * SECOND_US);
    assert_str_equal(got.items[1].from, STR(""));
    assert_str_equal(got.items[1].external_id, STR("SN.2"));
    assert_str_equal(got.items[1].media[0].ref, STR("77"));
    assert_str_equal(got.items[2].payload, STR("P"));
    assert_int_equal(got.items[3].kind, EVENT_REPORT);
    assert_int_equal(got.items[3].message_id, 17);
    assert_int_equal(got.items[3].verdict, VERDICT_UNREACHABLE);
    assert_str_equal(got.items[3].error_code, STR("131026"));
}

static void what_is_not_ours_or_no_json_is_refused(void **state) {
    static const char *const bodies[] = { "", "[]", "{}", "{\"object\":\"page\"}", "{\"object\":1}" };
    struct channel_events got;

    (void)state;
    assert_int_equal(read("{\"metadata\":{\"phone_number_id\":\"1064\"},\"messages\":[]}", &got), E_DENIED);
    /* beside something of ours it is passed over */
    const struct webhook_call both = {
        .body = STR(
            "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":"
            "{\"metadata\":{\"phone_number_id\":\"1064\"},\"messages\":[{\"id\":\"wamid.1\",\"from\":\"221771234567\","
            "\"type\":\"text\",\"text\":{\"body\":\"a\"}}]}},{\"field\":\"messages\",\"value\":"
            "{\"metadata\":{\"phone_number_id\":\"1063\"},\"messages\":[{\"id\":\"wamid.2\",\"from\":\"221771234567\","
            "\"type\":\"text\",\"text\":{\"body\":\"b\"}}]}}]}]}")
    };
    assert_int_equal(channel.read(channel.ctx, arena, &both, &got, NULL), OK);
    assert_int_equal(got.count, 1);
    assert_str_equal(got.items[0].body, STR("b"));
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        const struct webhook_call call = { .body = str_from_c(bodies[i]) };
        assert_int_equal(channel.read(channel.ctx, arena, &call, &got, NULL), E_INVALID);
    }
}

/* What doctor posts to our webhook: believed when it is signed, and it tells nothing. */
static void a_probe_is_signed_as_the_carrier_signs_and_says_nothing(void **state) {
    const struct str url = STR("https://dossier.example/webhook/whatsapp-rag");
    struct channel_events got;

    (void)state;
    for (int sign = 0; sign < 2; sign++) {
        struct http_send_request rq;
        assert_int_equal(channel.probe(channel.ctx, arena, url, sign != 0, &rq, NULL), OK);
        const struct webhook_call call = { .url = rq.url,
                                           .signature = rq.headers[1].name.n ? rq.headers[1].value : STR(""),
                                           .type = rq.headers[0].value,
                                           .body = rq.body };
        if (sign) assert_str_equal(rq.headers[1].name, str_from_c(channel.signature_header));
        assert_int_equal(channel.verify(channel.ctx, arena, &call, NULL), sign ? OK : E_DENIED);
        assert_int_equal(channel.read(channel.ctx, arena, &call, &got, NULL), E_INVALID);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_text_and_a_template_are_written, start, stop),
        cmocka_unit_test_setup_teardown(answers_are_understood, start, stop),
        cmocka_unit_test_setup_teardown(only_metas_own_signature_passes, start, stop),
        cmocka_unit_test_setup_teardown(one_call_tells_many_things, start, stop),
        cmocka_unit_test_setup_teardown(what_is_not_ours_or_no_json_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(a_probe_is_signed_as_the_carrier_signs_and_says_nothing, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
