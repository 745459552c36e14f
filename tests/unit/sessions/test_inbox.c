/* The inbox: who waits comes first, what is marked as dealt with is only what was read, and a mistake is taken back. */
#include "sessions/house.h"

#include "sessions/inbox.h"

#include <jansson.h>

#define DANGER "j'ai mal à la poitrine"

static void say(struct house *h, struct str phone, const char *text) {
    h->w.now_us += SECOND_US;
    house_say(h, phone, text);
}

/* The list as people see it; the caller gives it back. */
static json_t *list(struct house *h, enum inbox_kind kind, const char *words) {
    struct inbox_filter f = { .kind = kind, .now_us = h->w.now_us, .limit = 100 };
    struct buf text;
    struct json_out out;

    if (words) f.words[0] = str_from_c(words);
    buf_init(&text, 1 << 20);
    out = json_out_to(&text);
    json_put_array(&out);
    assert_int_equal(inbox_write(h->w.t.db, h->w.t.arena, &f, &out, NULL), OK);
    json_put_array_end(&out);
    json_t *all = json_loadb(text.p, text.n, 0, NULL);
    assert_non_null(all);
    buf_done(&text);
    int64_t count = -1;
    assert_int_equal(inbox_count(h->w.t.db, &f, &count, NULL), OK);
    assert_int_equal(count, json_array_size(all)); /* list and count say the same */
    return all;
}

static const char *text_at(const json_t *all, size_t i, const char *key) {
    const char *text = json_string_value(json_object_get(json_array_get(all, i), key));
    return text ? text : "";
}

static int64_t number_at(const json_t *all, size_t i, const char *key) {
    return json_integer_value(json_object_get(json_array_get(all, i), key));
}

/* What somebody who looks now has read of the first entry. */
static struct inbox_read read_now(struct house *h) {
    json_t *all = list(h, INBOX_ALL, NULL);
    struct inbox_read read = {
        .notice_id = number_at(all, 0, "newest_notice"),
        .message_id = json_integer_value(
            json_object_get(json_object_get(json_array_get(all, 0), "last_message"), "id")),
    };
    json_decref(all);
    return read;
}

static enum status done(struct house *h, struct inbox_read read) {
    const struct session_actor actor = { h->doctor_id, h->w.now_us };
    return inbox_done(&h->sessions, h->w.t.db, h->w.t.arena, house_session(h).id, &read, &actor, NULL);
}

static enum status reopen(struct house *h, int64_t id) {
    const struct session_actor actor = { h->colleague_id, h->w.now_us };
    return inbox_reopen(&h->sessions, h->w.t.db, h->w.t.arena, id, &actor, NULL);
}

static struct inbox_summary summary(struct house *h) {
    struct inbox_summary sum = { -1, -1, -1, -1 };
    assert_int_equal(inbox_summary(h->w.t.db, h->w.now_us, &sum, NULL), OK);
    return sum;
}

static void danger_comes_before_who_waits_longer_and_calm_ones_not_at_all(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    house_add(&h, "Awa", AWA_PHONE, false);
    house_add(&h, "Binta", OTHER_PHONE, false);
    house_add(&h, "Coumba", STR("+221771234569"), false);
    say(&h, STR("+221771234569"), "Bonjour");
    say(&h, AWA_PHONE, "Bonjour");
    say(&h, AWA_PHONE, "MEDECIN");
    h.w.now_us += HOUR_US;
    say(&h, OTHER_PHONE, "Bonjour");
    assert_int_equal(house_take(&h, h.doctor_id, false), OK);
    say(&h, OTHER_PHONE, DANGER);

    json_t *todo = list(&h, INBOX_TODO, NULL);
    assert_int_equal(json_array_size(todo), 2);
    assert_string_equal(text_at(todo, 0, "first_name"), "Binta");
    assert_string_equal(text_at(todo, 0, "urgency"), "danger");
    assert_string_equal(text_at(todo, 1, "first_name"), "Awa");
    assert_string_equal(text_at(todo, 1, "urgency"), "waiting");
    json_decref(todo);
    json_t *all = list(&h, INBOX_ALL, NULL);
    assert_int_equal(json_array_size(all), 3);
    json_decref(all);
    json_t *named = list(&h, INBOX_ALL, "%coumba%");
    assert_int_equal(json_array_size(named), 1);
    assert_string_equal(text_at(named, 0, "urgency"), "");
    json_decref(named);
    struct inbox_summary sum = summary(&h);
    assert_int_equal(sum.todo, 2);
    assert_int_equal(sum.danger, 1);
    assert_int_equal(sum.taken, 1);
    house_close(&h);
}

static void only_what_was_read_is_dealt_with(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    house_add(&h, "Awa", AWA_PHONE, false);
    say(&h, AWA_PHONE, "Bonjour");
    say(&h, AWA_PHONE, "MEDECIN");
    struct inbox_read read = read_now(&h);
    assert_int_equal(house_take(&h, h.colleague_id, false), OK);
    say(&h, AWA_PHONE, DANGER); /* while the doctor decides */
    assert_int_equal(done(&h, read), OK);
    json_t *todo = list(&h, INBOX_TODO, NULL);
    assert_int_equal(json_array_size(todo), 1);
    assert_string_equal(text_at(todo, 0, "urgency"), "danger");
    assert_int_equal(number_at(todo, 0, "notice_count"), 1);
    json_decref(todo);

    assert_int_equal(done(&h, read_now(&h)), OK);
    assert_int_equal(summary(&h).todo, 0);
    assert_int_equal(house_count(&h, "SELECT count(*) FROM audit WHERE action = 'session.done'"), 2);
    house_close(&h);
}

static void what_was_marked_by_mistake_waits_again_once(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    house_add(&h, "Awa", AWA_PHONE, false);
    say(&h, AWA_PHONE, "Bonjour");
    int64_t id = house_session(&h).id;
    assert_int_equal(reopen(&h, id), E_CONFLICT); /* nothing was done yet */
    assert_int_equal(house_take(&h, h.doctor_id, false), OK);
    say(&h, AWA_PHONE, DANGER);
    json_t *before = list(&h, INBOX_TODO, NULL);
    h.w.now_us += MINUTE_US;
    assert_int_equal(done(&h, read_now(&h)), OK);
    h.w.now_us += MINUTE_US;
    assert_int_equal(reopen(&h, id), OK);
    json_t *after = list(&h, INBOX_TODO, NULL);
    assert_int_equal(json_array_size(after), 1);
    assert_string_equal(text_at(after, 0, "urgency"), "danger");
    assert_string_equal(text_at(after, 0, "since"), text_at(before, 0, "since"));
    assert_int_equal(number_at(after, 0, "notice_count"), number_at(before, 0, "notice_count"));
    json_decref(before);
    json_decref(after);
    assert_int_equal(reopen(&h, id), E_CONFLICT); /* the last thing done was to take it back */
    assert_int_equal(reopen(&h, 999), E_NOT_FOUND);
    assert_int_equal(summary(&h).todo, 1);
    house_close(&h);
}

static void who_has_a_conversation_is_listed_with_it(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    house_add(&h, "Awa", AWA_PHONE, false);
    say(&h, AWA_PHONE, "Bonjour");
    assert_int_equal(house_take(&h, h.doctor_id, false), OK);
    json_t *taken = list(&h, INBOX_TAKEN, NULL);
    assert_int_equal(json_array_size(taken), 1);
    assert_int_equal(number_at(taken, 0, "taken_over_by"), h.doctor_id);
    json_decref(taken);
    assert_int_equal(summary(&h).taken, 1);
    house_close(&h);
}

static void unseen_messages_are_counted_until_somebody_read_them(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    house_add(&h, "Awa", AWA_PHONE, false);
    say(&h, AWA_PHONE, "Bonjour");
    say(&h, AWA_PHONE, "Et demain ?");
    json_t *all = list(&h, INBOX_ALL, NULL);
    assert_int_equal(number_at(all, 0, "unseen"), 2);
    json_decref(all);
    int64_t id = house_session(&h).id, newest = read_now(&h).message_id;
    assert_int_equal(inbox_seen(&h.sessions, h.w.t.db, h.w.t.arena, id, newest, NULL), OK);
    /* A page that was left open says an older one: nothing becomes unread again. */
    assert_int_equal(inbox_seen(&h.sessions, h.w.t.db, h.w.t.arena, id, 1, NULL), OK);
    all = list(&h, INBOX_ALL, NULL);
    assert_int_equal(number_at(all, 0, "unseen"), 0);
    json_decref(all);
    house_close(&h);
}

static void a_patient_is_found_by_the_number_that_wrote(void **state) {
    struct house h;
    int64_t found = -1, patient = -1;
    struct buf text;
    (void)state;
    house_open(&h);
    int64_t awa = house_add(&h, "Awa", AWA_PHONE, false), binta = house_add(&h, "Binta", OTHER_PHONE, false);
    say(&h, AWA_PHONE, "Bonjour");
    assert_int_equal(inbox_find_patient(h.w.t.db, awa, &found, NULL), OK);
    assert_int_equal(found, house_session(&h).id);
    buf_init(&text, 1 << 16);
    struct json_out out = json_out_to(&text);
    assert_int_equal(inbox_write_one(h.w.t.db, h.w.t.arena, found, h.w.now_us, &out, &patient, NULL), OK);
    assert_int_equal(patient, awa);
    buf_done(&text);
    assert_int_equal(inbox_find_patient(h.w.t.db, binta, &found, NULL), OK);
    assert_int_equal(found, 0);
    assert_int_equal(inbox_write_one(h.w.t.db, h.w.t.arena, 999, h.w.now_us, &out, &patient, NULL),
                     E_NOT_FOUND);
    house_close(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(danger_comes_before_who_waits_longer_and_calm_ones_not_at_all),
        cmocka_unit_test(only_what_was_read_is_dealt_with),
        cmocka_unit_test(what_was_marked_by_mistake_waits_again_once),
        cmocka_unit_test(who_has_a_conversation_is_listed_with_it),
        cmocka_unit_test(unseen_messages_are_counted_until_somebody_read_them),
        cmocka_unit_test(a_patient_is_found_by_the_number_that_wrote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
