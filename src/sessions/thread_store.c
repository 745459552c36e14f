#include "sessions/thread.h"
#include "accounts/user.h"
#include "db/db.h"
#include "queries.h"
#include "rag/rag_store.h"

enum { DEEDS_MAX = 500 };

struct writing {
    struct db *db;
    struct arena *arena;
    struct json_out *json;
    int64_t left;              /* of the results; the message after them only ends them */
    int64_t first_us, next_us; /* when the first was written, and the one after the last */
    bool some;
};

static enum status write_author(const struct writing *w, int64_t author_id, struct err *e) {
    struct user user = { .full_name = STR("") };
    struct err gone = { 0 };
    enum status s = author_id ? user_by_id(w->db, w->arena, author_id, &user, &gone) : OK;

    if (s != OK && s != E_NOT_FOUND) return fail(e, s, gone.message, "%s", gone.detail);
    json_field_str_or_null(w->json, "author_name", user.full_name);
    return OK;
}

static void write_question(struct json_out *json, const struct question_row *q, struct str asked) {
    json_put_object(json);
    json_field_int(json, "question", q->id);
    json_field_str(json, "query", asked);
    json_field_str(json, "intent", q->intent);
    json_field_raw(json, "sources", q->sources_json);
    json_field_bool(json, "grounded", q->grounded);
    json_field_bool(json, "escalated", q->escalated);
    json_field_bool(json, "refused", q->refused);
    json_field_str(json, "engine", q->engine);
    json_put_object_end(json);
}

static enum status write_answer(const struct writing *w, int64_t answers_id, struct err *e) {
    struct question_row q;
    struct message_row asked;
    enum status s = answers_id ? question_find_by_message(w->db, w->arena, answers_id, &q, e) : E_NOT_FOUND;

    json_put_key(w->json, "answer");
    if (s == E_NOT_FOUND) {
        json_put_null(w->json);
        return OK;
    }
    if (s == OK) s = message_get(w->db, w->arena, answers_id, &asked, e);
    if (s == OK) write_question(w->json, &q, asked.body);
    return s;
}

static enum status write_message(void *ctx, const struct message_row *m, struct err *e) {
    struct writing *w = ctx;
    enum status s;

    if (w->left == 0) {
        w->next_us = m->created_at_us;
        return OK;
    }
    if (!w->some) w->first_us = m->created_at_us;
    w->some = true;
    w->left--;
    json_put_object(w->json);
    if ((s = message_write_members(w->db, m, w->json, e)) != OK) return s;
    if ((s = write_author(w, m->author_id, e)) != OK) return s;
    if ((s = write_answer(w, m->answers_id, e)) != OK) return s;
    json_put_object_end(w->json);
    return OK;
}

static enum status write_deed(void *ctx, const struct db_val *col, struct err *e) {
    struct json_out *json = ctx;
    (void)e;
    json_put_object(json);
    json_field_int(json, "id", col[0].i);
    json_field_str(json, "kind", col[1].s);
    json_field_int(json, "user", col[2].i);
    json_field_str(json, "user_name", col[3].s);
    json_field_time(json, "at", col[4].i);
    json_put_object_end(json);
    return OK;
}

static enum status write_deeds(const struct writing *w, const struct thread_part *part, int64_t from_us,
                               struct err *e) {
    bool by_phone = part->of.phone.n > 0;
    const struct db_val in[] = { by_phone ? db_text(part->of.phone) : db_int(part->of.patient_id),
                                 db_int(from_us), db_int(w->next_us), db_int(DEEDS_MAX) };
    return db_run(w->db,
                  by_phone ? &q_conversation_event_list_of_phone : &q_conversation_event_list_of_patient, in,
                  write_deed, w->json, NULL, e);
}

enum status thread_write(struct db *db, struct arena *arena, const struct thread_part *part,
                         struct json_out *json, struct err *e) {
    struct writing w = { .db = db, .arena = arena, .json = json, .left = part->size, .next_us = INT64_MAX };
    int64_t count, from = part->from;
    enum status s = message_thread_count(db, &part->of, &count, e);

    if (s != OK) return s;
    if (from < 0) from = count > part->size ? count - part->size : 0;
    json_put_object(json);
    json_field_int(json, "count", count);
    json_field_int(json, "from", from);
    json_put_key(json, "results");
    json_put_array(json);
    s = message_thread_each(db, &part->of, part->size + 1, from, write_message, &w, e);
    if (s != OK) return s;
    json_put_array_end(json);
    json_put_key(json, "deeds");
    json_put_array(json);
    if ((s = write_deeds(&w, part, from > 0 && w.some ? w.first_us : 0, e)) != OK) return s;
    json_put_array_end(json);
    json_put_object_end(json);
    return OK;
}
