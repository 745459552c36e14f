/* Twilio's signatures: made by the official library (twilio 6.2.0), with every way that a URL and a form can be written. */
#include "test.h"

#include "channels/twilio.h"

static struct arena *arena;
static struct twilio twilio;

#define INCOMING "https://sis.exemple-sante.sn/webhooks/twilio/entrant"
#define REPORT   "https://sis.exemple-sante.sn:8443/webhooks/twilio/statut?envoi=42&lot=a%20b"
#define EVENTS                                                                                               \
    "https://sis.exemple-sante.sn/webhooks/twilio/evenements?source=studio"                                  \
    "&bodySHA256=a2b07028454e0ac606ab927f422d10d515a2ef319264cf8c9acbfdca33fae241"

static const char message_form[] =
    "SmsMessageSid=SM00112233445566778899aabbccddeeff&NumMedia=0&ProfileName=A%C3%AFssatou+Ndiaye&MessageType=text"
    "&SmsSid=SM00112233445566778899aabbccddeeff&WaId=221771234567&SmsStatus=received&Body=Quelle+est+ma+posologie+%3F"
    "&To=whatsapp%3A%2B14155238886&NumSegments=1&ReferralNumMedia=0&MessageSid=SM00112233445566778899aabbccddeeff"
    "&AccountSid=AC00000000000000000000000000000001&From=whatsapp%3A%2B221771234567&ApiVersion=2010-04-01";
static const char report_form[] =
    "ChannelToAddress=%2B22177123XXXX&ChannelPrefix=whatsapp&MessageSid=SMffeeddccbbaa99887766554433221100"
    "&SmsSid=SMffeeddccbbaa99887766554433221100&MessageStatus=undelivered&SmsStatus=undelivered&ErrorCode=63016"
    "&EventType=UNDELIVERED&To=whatsapp%3A%2B221771234567&From=whatsapp%3A%2B14155238886&ChannelStatusMessage="
    "&AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&StructuredMessage=false";
static const char json[] =
    "{\"type\":\"statut\",\"sid\":\"SM00112233445566778899aabbccddeeff\",\"texte\":\"Réponse prête\"}";

static int open_arena(void **state) {
    (void)state;
    twilio = (struct twilio) { .account_sid = STR("AC00000000000000000000000000000001"),
                               .auth_token = STR("0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
                               .sender = STR("+14155238886"),
                               .region = STR("SN") };
    return (arena = arena_new(4 << 20)) ? 0 : -1;
}

static int close_arena(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static enum status verify(const char *url, const char *signature, const char *type, const char *body) {
    const struct channel channel = twilio_channel(&twilio);
    const struct webhook_call call = { str_from_c(url), str_from_c(signature), str_from_c(type),
                                       str_from_c(body) };
    return channel.verify(channel.ctx, arena, &call, NULL);
}

static void what_twilio_signed_passes(void **state) {
    static const struct {
        const char *url, *signature, *body;
    } forms[] = {
        { INCOMING, "oYmr1mIeWoYEZYPbc/sPW1j+ddY=", message_form },
        { INCOMING, "RoW20wpchKIIeSksLamJ5nJ2LII=", message_form }, /* with the default port */
        { REPORT, "lAlRxkmPK84hriXpxMWaCdpILmo=", report_form },
        { REPORT, "gKZvpqNSUC/q7ilstv5MX35cb1A=", report_form }, /* without the port */
        { INCOMING, "uTCyGRLwpXsM9byYlZUacv8f+xM=",
          "MediaUrl=https%3A%2F%2Fa.example%2F1.jpg&MediaUrl=https%3A%2F%2Fa.example%2F1.jpg"
          "&MediaUrl=https%3A%2F%2Fa.example%2F0.jpg&Body=" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        assert_int_equal(
            verify(forms[i].url, forms[i].signature, "application/x-www-form-urlencoded", forms[i].body), OK);
    assert_int_equal(verify(EVENTS, "WFaPkr5XpmbnQ2N+25MyFDqH234=", "application/json", json), OK);
}

static void anything_else_is_refused(void **state) {
    static const struct {
        const char *url, *signature, *type, *body;
    } calls[] = {
        { INCOMING, "", "application/x-www-form-urlencoded", message_form },
        { INCOMING, "oYmr1mIeWoYEZYPbc/sPW1j+ddX=", "application/x-www-form-urlencoded", message_form },
        { INCOMING "/", "oYmr1mIeWoYEZYPbc/sPW1j+ddY=", "application/x-www-form-urlencoded", message_form },
        { INCOMING "?x=1", "oYmr1mIeWoYEZYPbc/sPW1j+ddY=", "application/x-www-form-urlencoded",
          message_form },
        { "http://sis.exemple-sante.sn/webhooks/twilio/entrant",
          "oYmr1mIeWoYEZYPbc/sPW1j+ddY=", "application/x-www-form-urlencoded", message_form },
        { "https://sis.exemple-sante.sn/webhooks/twilio/statut?envoi=42&lot=a%20b",
          "lAlRxkmPK84hriXpxMWaCdpILmo=", "application/x-www-form-urlencoded",
          report_form }, /* signed with :8443, which we do not have */
        { REPORT, "lAlRxkmPK84hriXpxMWaCdpILmo=", "application/x-www-form-urlencoded", message_form },
        { EVENTS, "WFaPkr5XpmbnQ2N+25MyFDqH234=", "application/json", "{}" },
        { INCOMING, "oYmr1mIeWoYEZYPbc/sPW1j+ddY=", "application/json", message_form },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(calls); i++)
        assert_int_equal(verify(calls[i].url, calls[i].signature, calls[i].type, calls[i].body), E_DENIED);
}

static enum status read(const char *url, const char *form, struct channel_events *events) {
    const struct channel channel = twilio_channel(&twilio);
    const struct webhook_call call = { .url = str_from_c(url), .body = str_from_c(form) };
    return channel.read(channel.ctx, arena, &call, events, NULL);
}

static void only_what_concerns_us_is_read(void **state) {
    struct channel_events events;

    (void)state;
    assert_int_equal(read(INCOMING, message_form, &events), OK);
    assert_str_equal(events.items[0].from, STR("+221771234567"));
    assert_int_equal(read(REPORT "&message=17", report_form, &events), OK);
    assert_int_equal(events.items[0].message_id, 17);
    assert_int_equal(events.items[0].verdict, VERDICT_WINDOW);
    assert_int_equal(read(REPORT "&message=-1", report_form, &events), OK);
    assert_int_equal(events.items[0].message_id, 0);
    assert_int_equal(
        read(INCOMING, "MessageSid=SM1&From=%2B221771234567&To=whatsapp%3A%2B14155238886", &events),
        E_INVALID);
    assert_int_equal(read(INCOMING,
                          "MessageSid=SM1&From=%2B221771234567&To=whatsapp%3A%2B14155238886"
                          "&AccountSid=AC00000000000000000000000000000002",
                          &events),
                     E_DENIED);
    assert_int_equal(read(INCOMING,
                          "MessageSid=SM1&From=%2B221771234567&To=whatsapp%3A%2B14155238887"
                          "&AccountSid=AC00000000000000000000000000000001",
                          &events),
                     E_DENIED);
}

/* What doctor posts to our webhook: believed when it is signed, and it tells nothing. */
static void a_probe_is_signed_as_the_carrier_signs_and_says_nothing(void **state) {
    const struct channel channel = twilio_channel(&twilio);
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
        cmocka_unit_test_setup_teardown(what_twilio_signed_passes, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(anything_else_is_refused, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(only_what_concerns_us_is_read, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_probe_is_signed_as_the_carrier_signs_and_says_nothing, open_arena,
                                        close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
