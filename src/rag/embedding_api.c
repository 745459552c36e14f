/*
 * embedding_api -- /api/rag/embeddings/: how many passages have their vector, and having the rest made.
 */
#include "accounts/audit.h"
#include "http/route.h"
#include "models/embedder.h"
#include "rag/embed_job.h"
#include "rag/embedding_store.h"
#include "rag/rag_room.h"

static const struct message no_embedder = {
    "no_embedder", "Aucun service de vecteurs n'est réglé : donnez EMBEDDER et sa clé, puis redémarrez.",
    "No embedding service is set: give EMBEDDER and its key, then start again."
};

/* In one word: "none", "running", "failed", "waiting", "complete", "incomplete". */
static const char *state_of(const struct rag *rag, const struct embedding_progress *p,
                            const struct embedding_run *run) {
    if (!rag->embedder) return "none";
    if (str_eq(run->state, STR("running"))) return "running";
    if (str_eq(run->state, STR("ready"))) return "waiting";
    if (p->embedded == p->passages && p->others == 0) return "complete";
    return str_eq(run->state, STR("dead")) ? "failed" : "incomplete";
}

static enum status put_state(const struct rag *rag, struct request *rq, struct json_out *o, struct err *e) {
    struct embedding_progress p = { 0 };
    struct embedding_run run = { .state = STR(""), .last_error = STR("") };
    struct embedding_space space = { 0 };
    enum status s = embedding_progress_get(rq->db, rag->space, &p, e);

    if (s == OK) s = embedding_last_run(rq->db, rq->arena, STR(EMBED_JOB_ALL), &run, e);
    if (s == OK) s = embedding_space_find(rq->db, rag->space, &space, NULL);
    if (s != OK && s != E_NOT_FOUND) return s;
    json_put_object(o);
    json_field_str(o, "state", str_from_c(state_of(rag, &p, &run)));
    json_field_str_or_null(o, "provider", str_from_c(rag->embedder ? rag->embedder->provider : ""));
    json_field_str_or_null(o, "model", rag->embedder ? rag->embedder->model : STR(""));
    json_field_str_or_null(o, "space", rag->space);
    json_field_int(o, "dimensions", space.dimensions);
    json_field_int(o, "passages", p.passages);
    json_field_int(o, "embedded", p.embedded);
    json_field_int(o, "other_spaces", p.others);
    json_field_str_or_null(o, "last_error", run.last_error);
    json_field_time(o, "next_try_at", str_eq(run.state, STR("ready")) ? run.due_us : 0);
    json_field_time(o, "finished_at", run.finished_us);
    json_put_object_end(o);
    return OK;
}

static enum status embeddings_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    return put_state(rq->room, rq, &o, e);
}

static enum status embeddings_post(struct request *rq, struct reply *re, struct err *e) {
    const struct rag *rag = rq->room;
    struct json_out o = json_out_to(&re->body);
    enum status s;

    if (!rag->embedder) return fail(e, E_CONFLICT, &no_embedder, "no embedder is set");
    if ((s = db_begin(rq->db, e)) != OK) return s;
    s = embed_all_add_job(rq->db, rag, rq->now_us, e);
    if (s == OK)
        s = audit_add(rq->db, rq->who.user_id, STR("rag.reembed"), STR("embedding"), 0, rq->now_us, e);
    if ((s = db_finish(rq->db, s, e)) != OK) return s;
    return put_state(rag, rq, &o, e);
}

const struct route embedding_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/rag/embeddings/",
      .permission = PERM_PATIENT_READ,
      .run_on = RUN_WORKER, /* counting takes a while when there are many passages */
      .handler = embeddings_get,
      .summary = "How many passages of patients who agree have their vector, and the work on the rest",
      .response_schema = "Embeddings",
      .success = 200 },
    { .method = HTTP_POST,
      .path = "/api/rag/embeddings/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER,
      .handler = embeddings_post,
      .summary = "Have the vectors made that lack; progress is told on /api/events/",
      .response_schema = "Embeddings",
      .success = 202 },
    { .path = NULL },
};
