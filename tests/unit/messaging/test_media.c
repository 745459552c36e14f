/* Pictures and voice notes, from the message that brought them to the doctor's decision. */
#include "messaging/world.h"

#include "documents/document.h"
#include "messaging/media_store.h"
#include "queries.h"

#define PDF STR("%PDF-1.7 bytes of a paper")

/* The carrier's side: what it answers, in order; then the last again. */
struct carrier {
    struct {
        enum status status;
        struct str bytes;
    } answers[8];
    size_t count, asked, forgotten;
    enum status forget_status;
};

struct clinic {
    struct world w;
    struct carrier carrier;
    struct documents documents;
    int64_t patient;
};

static enum status fetch(void *ctx, const struct channel_call *call, struct str ref, size_t bytes_max,
                         struct str *bytes, struct err *e) {
    struct clinic *c = ((struct simulator *)ctx)->ctx;
    assert_false(db_in_transaction(call->db));
    assert_str_equal(ref, STR("ref-1"));
    assert_int_equal(bytes_max, MEDIA_BYTES_MAX);
    size_t i = c->carrier.asked < c->carrier.count ? c->carrier.asked : c->carrier.count - 1;
    c->carrier.asked++;
    *bytes = c->carrier.answers[i].bytes;
    enum status s = c->carrier.answers[i].status;
    return s == OK ? OK : fail(e, s, NULL, "no");
}

static enum status forget(void *ctx, const struct channel_call *call, struct str ref, struct err *e) {
    struct clinic *c = ((struct simulator *)ctx)->ctx;
    (void)call;
    assert_str_equal(ref, STR("ref-1"));
    c->carrier.forgotten++;
    return c->carrier.forget_status == OK ? OK : fail(e, c->carrier.forget_status, NULL, "no");
}

static void open_clinic(struct clinic *c) {
    struct key root = { { 7 } };
    *c = (struct clinic) { 0 };
    world_open(&c->w);
    assert_int_equal(blob_store_init(&c->documents.blobs, c->w.t.arena, str_from_c(c->w.t.dir), &root, NULL),
                     OK);
    c->w.room.documents = &c->documents;
    c->w.channel.fetch = fetch;
    c->w.channel.forget_media = forget;
    c->patient = world_add_active(&c->w, AWA_PHONE);
    c->w.simulator.next_fault = NULL;
    c->w.simulator.ctx = c;
}

static void answers(struct clinic *c, enum status s, struct str bytes) {
    c->carrier.answers[c->carrier.count].status = s;
    c->carrier.answers[c->carrier.count++].bytes = bytes;
}

static int64_t send_media(struct clinic *c, struct str phone, const char *words, int count) {
    int64_t id;
    bool is_new;
    struct channel_event m = { .kind = EVENT_MESSAGE,
                               .provider_sid = STR("MM1"),
                               .from = phone,
                               .external_id = STR(""),
                               .body = str_from_c(words),
                               .media_count = (size_t)count };
    for (int i = 0; i < count; i++)
        m.media[i] = (struct channel_media) { STR("ref-1"), STR("image/jpeg"), STR("../../scan.pdf") };
    assert_int_equal(inbound_accept(&c->w.room, c->w.t.db, c->w.t.arena, &m, c->w.now_us, &id, &is_new, NULL),
                     OK);
    return id;
}

/* Retries included: the clock goes on until nothing waits. */
static void run(struct clinic *c) {
    for (int i = 0; i < 40; i++) {
        world_run(&c->w);
        c->w.now_us += HOUR_US / 2;
    }
}

static struct media_row row(struct clinic *c, int64_t id) {
    struct media_row m;
    assert_int_equal(media_get(c->w.t.db, c->w.t.arena, id, &m, NULL), OK);
    return m;
}

static bool said(struct clinic *c, const char *words) {
    struct str body = world_newest(&c->w, AWA_PHONE, "out").body;
    return str_find(body, str_from_c(words)) < body.n;
}

static bool is_there(struct clinic *c, struct str blob) {
    struct blob_reader *r;
    return blob_read_start(&c->documents.blobs, c->w.t.arena, blob, &r, NULL) == OK;
}

static void a_picture_is_kept_and_everybody_told(void **state) {
    struct clinic c;
    (void)state;
    open_clinic(&c);
    int64_t before = world_notifications(&c.w);
    answers(&c, OK, PDF);
    send_media(&c, AWA_PHONE, "", 1);
    world_run(&c.w);
    struct media_row m = row(&c, 1);
    assert_int_equal(m.status, MEDIA_KEPT);
    assert_str_equal(m.type, STR("application/pdf"));
    assert_str_equal(m.type_said, STR("image/jpeg"));
    assert_str_equal(m.file_name, STR("scan.pdf"));
    assert_int_equal(m.size_bytes, PDF.n);
    assert_int_equal(m.patient_id, c.patient);
    assert_true(is_there(&c, m.blob_name));
    assert_int_equal(world_notifications(&c.w), before + 1);
    assert_int_equal(c.carrier.forgotten, 1);
    assert_int_equal(c.w.asked, 0);
    assert_int_equal(world_count(&c.w, AWA_PHONE, "out"), 2); /* the activation, and this */
    assert_true(said(&c, "transmis à votre médecin"));
    world_close(&c.w);
}

static void several_pictures_are_told_of_once(void **state) {
    struct clinic c;
    (void)state;
    open_clinic(&c);
    answers(&c, OK, PDF);
    send_media(&c, AWA_PHONE, " ", 3);
    world_run(&c.w);
    assert_int_equal(row(&c, 3).status, MEDIA_KEPT);
    assert_int_equal(world_count(&c.w, AWA_PHONE, "out"), 2);
    world_close(&c.w);
}

static void a_caption_is_a_question(void **state) {
    struct clinic c;
    (void)state;
    open_clinic(&c);
    answers(&c, OK, PDF);
    send_media(&c, AWA_PHONE, "Est-ce grave ?", 1);
    world_run(&c.w);
    assert_int_equal(row(&c, 1).status, MEDIA_KEPT);
    assert_int_equal(c.w.asked, 1);
    assert_int_equal(world_count(&c.w, AWA_PHONE, "out"), 2);
    assert_true(said(&c, "Voici votre ordonnance."));
    world_close(&c.w);
}

static void a_voice_note_is_kept_and_cannot_become_a_document(void **state) {
    struct clinic c;
    struct document d = { .patient_id = 1 }, out;
    struct err e = { 0 };
    bool made;
    (void)state;
    open_clinic(&c);
    answers(&c, OK, STR("OggS voice"));
    send_media(&c, AWA_PHONE, "", 1);
    world_run(&c.w);
    struct media_row m = row(&c, 1);
    assert_str_equal(m.type, STR("audio/ogg"));
    assert_true(said(&c, "écouter"));
    assert_int_equal(media_accept(&c.w.room, c.w.t.db, c.w.t.arena, &m, &d, NOON_US, &out, &made, &e),
                     E_CONFLICT);
    assert_string_equal(e.message->code, "media_is_sound");
    world_close(&c.w);
}

static void what_is_not_there_yet_comes_later(void **state) {
    struct clinic c;
    (void)state;
    open_clinic(&c);
    answers(&c, E_NOT_FOUND, STR(""));
    answers(&c, E_RETRY, STR(""));
    answers(&c, OK, PDF);
    send_media(&c, AWA_PHONE, "", 1);
    world_run(&c.w);
    assert_int_equal(row(&c, 1).status, MEDIA_WAITING);
    assert_int_equal(world_count(&c.w, AWA_PHONE, "out"), 1); /* nothing is said before it is known */
    run(&c);
    assert_int_equal(row(&c, 1).status, MEDIA_KEPT);
    assert_int_equal(c.carrier.asked, 3);
    world_close(&c.w);
}

static void expect_end(enum status answer, struct str bytes, enum media_status status, const char *code,
                       const char *words, size_t forgotten) {
    struct clinic c;
    open_clinic(&c);
    int64_t before = world_notifications(&c.w);
    answers(&c, answer, bytes);
    send_media(&c, AWA_PHONE, "", 1);
    run(&c);
    struct media_row m = row(&c, 1);
    assert_int_equal(m.status, status);
    assert_str_equal(m.error_code, str_from_c(code));
    assert_int_equal(m.blob_name.n, 0);
    assert_true(said(&c, words));
    assert_int_equal(world_count(&c.w, AWA_PHONE, "out"), 2);
    assert_int_equal(world_notifications(&c.w), before);
    assert_int_equal(c.carrier.forgotten, forgotten);
    world_close(&c.w);
}

static void what_is_not_kept_is_told_kindly(void **state) {
    (void)state;
    expect_end(OK, STR("<html><script>"), MEDIA_REFUSED, "unsupported", "une photo, un PDF", 1);
    expect_end(E_LIMIT, STR(""), MEDIA_REFUSED, "too_large", "16 Mo", 1);
    expect_end(E_DENIED, STR(""), MEDIA_REFUSED, "led_astray", "encore une fois", 1);
    expect_end(E_NOT_FOUND, STR(""), MEDIA_GONE, "not_found", "encore une fois", 0);
    expect_end(E_RETRY, STR(""), MEDIA_FAILED, "unavailable", "encore une fois", 1);
}

static void of_strangers_nothing_is_kept(void **state) {
    struct clinic c;
    (void)state;
    open_clinic(&c);
    answers(&c, OK, PDF);
    send_media(&c, OTHER_PHONE, "", 1);
    run(&c);
    assert_int_equal(row(&c, 1).status, MEDIA_REFUSED);
    assert_str_equal(row(&c, 1).error_code, STR("not_active"));
    assert_int_equal(c.carrier.asked, 0);
    assert_int_equal(c.carrier.forgotten, 1);
    world_close(&c.w);
}

static struct document paper(struct clinic *c, const struct media_row *m) {
    return (struct document) { .patient_id = c->patient,
                               .title = STR("Analyse"),
                               .file_name = m->file_name,
                               .mime = m->type,
                               .size_bytes = m->size_bytes,
                               .blob_name = m->blob_name,
                               .status = STR("pending"),
                               .error_code = STR("") };
}

static enum status accept(struct clinic *c, const struct media_row *m, int64_t *document, bool *made) {
    struct document d = paper(c, m), out = { 0 };
    enum status s = media_accept(&c->w.room, c->w.t.db, c->w.t.arena, m, &d, NOON_US, &out, made, NULL);
    *document = out.id;
    return s;
}

static void a_doctor_decides_once(void **state) {
    struct clinic c;
    int64_t first, again;
    bool made;
    (void)state;
    open_clinic(&c);
    answers(&c, OK, PDF);
    send_media(&c, AWA_PHONE, "", 2);
    world_run(&c.w);
    struct media_row one = row(&c, 1), two = row(&c, 2);
    assert_int_equal(accept(&c, &one, &first, &made), OK);
    assert_true(made);
    assert_int_equal(accept(&c, &one, &again, &made), OK); /* as it was read before the other's decision */
    assert_false(made);
    assert_int_equal(again, first);
    /* the same paper once more is the same document, and its bytes are there once */
    assert_int_equal(accept(&c, &two, &again, &made), OK);
    assert_false(made);
    assert_int_equal(again, first);
    struct media_row now = row(&c, 1);
    assert_int_equal(now.status, MEDIA_ACCEPTED);
    assert_int_equal(now.document_id, first);
    assert_int_equal(now.blob_name.n, 0);
    assert_int_equal(media_discard(&c.w.room, c.w.t.db, c.w.t.arena, &now, 1, NOON_US, NULL), E_CONFLICT);
    world_close(&c.w);
}

static void what_is_discarded_stays_so(void **state) {
    struct clinic c;
    int64_t document;
    bool made;
    (void)state;
    open_clinic(&c);
    answers(&c, OK, PDF);
    send_media(&c, AWA_PHONE, "", 1);
    world_run(&c.w);
    struct media_row m = row(&c, 1);
    assert_int_equal(media_discard(&c.w.room, c.w.t.db, c.w.t.arena, &m, 1, NOON_US, NULL), OK);
    assert_int_equal(accept(&c, &m, &document, &made), E_CONFLICT);
    m = row(&c, 1);
    assert_int_equal(media_discard(&c.w.room, c.w.t.db, c.w.t.arena, &m, 1, NOON_US, NULL), OK);
    assert_int_equal(m.status, MEDIA_DISCARDED);
    assert_int_equal(m.blob_name.n, 0);
    world_close(&c.w);
}

static void erasing_the_patient_takes_it_along(void **state) {
    struct clinic c;
    struct patient_actor actor = { 1, NULL, NOON_US };
    struct err e = { 0 };
    int64_t jobs = 0;
    (void)state;
    open_clinic(&c);
    struct patient_part parts[] = { messaging_patient_part, { 0 } };
    parts[0].ctx = &c.w.room;
    answers(&c, OK, PDF);
    send_media(&c, AWA_PHONE, "", 1);
    world_run(&c.w);
    struct media_row m = row(&c, 1);
    assert_int_equal(patient_erase(c.w.t.db, &actor, c.w.t.arena, c.patient, parts, NULL), OK);
    assert_int_equal(media_get(c.w.t.db, c.w.t.arena, 1, &m, &e), E_NOT_FOUND);
    const struct db_val in[] = { db_text(STR("")), db_text(STR(DOCUMENT_JOB_REMOVE_BLOB)) };
    assert_int_equal(db_get_i64(c.w.t.db, &q_job_count, in, &jobs, NULL), OK);
    assert_int_equal(jobs, 1);
    world_close(&c.w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_kept_and_everybody_told),
        cmocka_unit_test(several_pictures_are_told_of_once),
        cmocka_unit_test(a_caption_is_a_question),
        cmocka_unit_test(a_voice_note_is_kept_and_cannot_become_a_document),
        cmocka_unit_test(what_is_not_there_yet_comes_later),
        cmocka_unit_test(what_is_not_kept_is_told_kindly),
        cmocka_unit_test(of_strangers_nothing_is_kept),
        cmocka_unit_test(a_doctor_decides_once),
        cmocka_unit_test(what_is_discarded_stays_so),
        cmocka_unit_test(erasing_the_patient_takes_it_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
