/* What Twilio posts: messages, pictures, buttons, people without a number, reports. */
#include "test.h"

#include "channels/twilio_form.h"

static struct arena *arena;

static int open_arena(void **state) {
    (void)state;
    return (arena = arena_new(1 << 20)) ? 0 : -1;
}

static int close_arena(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static enum status read(const char *form, struct channel_event *event, struct err *e) {
    return twilio_form_read(arena, str_from_c(form), STR("SN"), event, e);
}

static void a_message_is_read(void **state) {
    struct channel_event m;

    (void)state;
    assert_int_equal(read("SmsMessageSid=SM1&NumMedia=0&ProfileName=A%C3%AFssatou&SmsStatus=received"
                          "&Body=Quelle+est+ma+posologie+%3F"
                          "&To=whatsapp%3A%2B14155238886&MessageSid=SM00112233445566778899aabbccddeeff"
                          "&From=whatsapp%3A%2B221771234567&ExternalUserId=whatsapp%3ASN.4566&New=1",
                          &m, NULL),
                     OK);
    assert_int_equal(m.kind, EVENT_MESSAGE);
    assert_str_equal(m.from, STR("+221771234567"));
    assert_str_equal(m.external_id, STR("SN.4566"));
    assert_str_equal(m.body, STR("Quelle est ma posologie ?"));
    assert_str_equal(m.provider_sid, STR("SM00112233445566778899aabbccddeeff"));
    assert_int_equal(m.media_count, 0);
}

static void a_report_is_read(void **state) {
    struct channel_event m;

    (void)state;
    assert_int_equal(read("MessageSid=SM1&MessageStatus=undelivered&ErrorCode=63016&From=x", &m, NULL), OK);
    assert_int_equal(m.kind, EVENT_REPORT);
    assert_int_equal(m.status, MESSAGE_FAILED);
    assert_str_equal(m.error_code, STR("63016"));
}

static void a_file_comes_with_its_name_and_a_button_with_its_payload(void **state) {
    struct channel_event m;

    (void)state;
    assert_int_equal(
        read("MessageSid=MM1&NumMedia=1&MessageType=document&Body=analyse.pdf&From=%2B221771234567"
             "&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2FM&MediaContentType0=application%2Fpdf",
             &m, NULL),
        OK);
    assert_int_equal(m.media_count, 1);
    assert_str_equal(m.media[0].ref, STR("https://api.twilio.com/M"));
    assert_str_equal(m.media[0].type, STR("application/pdf"));
    assert_str_equal(m.media[0].file_name, STR("analyse.pdf"));
    assert_str_equal(m.body, STR("")); /* the name is no question */
    assert_int_equal(
        read("MessageSid=MM2&NumMedia=1&MessageType=document&Body=Est-ce+grave+%3F&From=%2B221771234567"
             "&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2FM&MediaContentType0=application%2Fpdf",
             &m, NULL),
        OK);
    assert_str_equal(m.body, STR("Est-ce grave ?"));
    assert_str_equal(m.media[0].file_name, STR(""));
    assert_int_equal(
        read("MessageSid=SM2&From=%2B221771234567&ButtonText=Oui&ButtonPayload=confirm-1", &m, NULL), OK);
    assert_str_equal(m.body, STR("Oui"));
    assert_str_equal(m.payload, STR("confirm-1"));
}

static void a_person_may_hide_the_number(void **state) {
    struct channel_event m;

    (void)state;
    assert_int_equal(read("MessageSid=SM1&From=whatsapp%3ASN.4566&Body=x", &m, NULL), OK);
    assert_str_equal(m.from, STR(""));
    assert_str_equal(m.external_id, STR("SN.4566"));
}

static void what_is_missing_or_wrong_is_named(void **state) {
    static const struct {
        const char *form, *field;
    } samples[] = {
        { "", "MessageSid" },
        { "From=whatsapp%3A%2B221771234567&Body=x", "MessageSid" },
        { "MessageSid=a%20b&From=%2B221771234567", "MessageSid" },
        { "MessageSid=SM1&Body=x", "From" },
        { "MessageSid=SM1&From=whatsapp%3Anobody&Body=x", "From" },
        { "MessageSid=SM1&From=%2B221771234567&NumMedia=99", "NumMedia" },
        { "MessageSid=SM1&From=%2B221771234567&NumMedia=-1", "NumMedia" },
        { "From=%2B221771234567&MessageSid=0123456789012345678901234567890123456789"
          "0123456789012345678901234567890123456789012345678901234567890123456789"
          "01234567890123456789",
          "MessageSid" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        struct err e = { 0 };
        struct channel_event m;
        assert_int_equal(read(samples[i].form, &m, &e), E_INVALID);
        assert_int_equal(e.field_count, 1);
        assert_str_equal(e.fields[0].field, str_from_c(samples[i].field));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_message_is_read, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_report_is_read, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_file_comes_with_its_name_and_a_button_with_its_payload, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(a_person_may_hide_the_number, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(what_is_missing_or_wrong_is_named, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
