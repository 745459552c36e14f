#include "main/rooms.h"

#include "accounts/audit_check.h"
#include "accounts/password_link.h"
#include "channels/simulator_media.h"
#include "documents/extract.h"
#include "documents/resumable.h"
#include "jobs/job_list.h"
#include "main/jobs_api.h"
#include "main/retention_api.h"
#include "messaging/outbox.h"
#include "rag/model_step.h"
#include "rag/evaluation.h"

/* Who waits for a model outside must not be all who answer. */
_Static_assert((int)MODEL_WAITING_MAX < (int)JOB_LIGHT_WORKERS &&
                   (int)MODEL_WAITING_MAX < (int)HTTP_REQUEST_WORKERS,
               "a slow model would hold every worker");

static void list_parts(struct rooms *r) {
    size_t n = 0;
    r->parts[n++] = documents_patient_part(&r->documents);
    r->parts[n] = messaging_patient_part;
    r->parts[n++].ctx = &r->messaging;
    r->parts[n++] = sessions_patient_part;
    r->parts[n++] = broadcasts_patient_part;
    r->parts[n++] = rag_patient_part(r->rag);
    r->parts[n++] = model_call_patient_part;
    r->parts[n++] = golden_patient_part;
    r->parts[n] = (struct patient_part) { 0 };
}

static void list_routes(struct rooms *r) {
    const struct route_set sets[] = {
        { health_routes, &r->health },
        { accounts_routes, &r->accounts },
        { people_routes, &r->accounts },
        { jobs_routes, NULL },
        { job_deed_routes, r->maintenance.signal },
        { backups_routes, &r->backups },
        { settings_routes, &r->settings },
        { retention_routes, &r->maintenance },
        { model_call_routes, &r->prices },
        { patients_routes, &r->patients },
        { documents_routes, &r->documents },
        { rag_routes, r->rag },
        { advice_routes, r->rag },
        { evaluation_routes, r->rag },
        { embedding_routes, r->rag },
        { messaging_routes, &r->messaging },
        { media_routes, &r->messaging },
        { sessions_routes, &r->sessions },
        { inbox_routes, &r->sessions },
        { broadcasts_routes, &r->broadcasts },
        { event_routes, r->events },
        { resumable_routes, &r->documents },
        { metrics_routes, &r->metrics },
        { simulator_routes, &r->messaging }, /* the last: see below */
        { 0 },
    };
    _Static_assert(sizeof sets <= sizeof r->sets, "ROOM_SETS_MAX");
    memcpy(r->sets, sets, sizeof sets);
    if (r->carriers.channel.signature_header) r->sets[COUNT_OF(sets) - 2] = (struct route_set) { 0 };
}

static void list_job_kinds(struct rooms *r) {
    size_t n = 0;
    documents_job_kinds(&r->documents, r->kinds + n);
    n += DOCUMENTS_JOB_COUNT;
    rag_job_kinds(r->rag, r->kinds + n);
    n += RAG_JOB_COUNT;
    n += messaging_job_kinds(&r->messaging, r->kinds + n);
    r->kinds[n++] = sessions_job_kind(&r->sessions);
    n += broadcasts_job_kinds(&r->broadcasts, r->kinds + n);
    r->kinds[n++] = evaluation_job_kind(r->rag);
    r->kinds[n++] = alert_job_kind(&r->alerts);
    r->kinds[n++] = password_mail_job_kind(&r->accounts);
    r->kinds[n++] = audit_check_job_kind(&r->accounts);
    r->kinds[n++] = maintenance_job_kind(&r->maintenance);
    backups_job_kinds(&r->backups, r->kinds + n);
    n += BACKUP_JOB_COUNT;
    r->kinds[n++] = settings_job_kind(&r->settings);
    r->kinds[n++] = sampler_job_kind(&r->metrics.sampler);
    r->kinds[n] = (struct job_kind) { 0 };
}

/* WhatsApp's question becomes the assistant's. */
static enum status ask(void *ctx, struct db *db, struct arena *a, const struct question *q, int64_t now_us,
                       struct str *answer, struct err *e) {
    const struct rag_question question = { .patient = q->patient,
                                           .text = q->text,
                                           .session_id = q->session_id,
                                           .now_us = now_us,
                                           .message_id = q->message_id };
    struct rag_answer out;
    enum status s = rag_ask(ctx, db, a, &question, &out, e);

    if (s == OK) *answer = out.text;
    return s;
}

static enum status triage(void *ctx, struct arena *a, struct str text, enum lang lang, int64_t now_us,
                          bool *danger, struct str *answer, struct err *e) {
    return rag_triage(ctx, a, text, lang, now_us, danger, answer, e);
}

/* The outside: who asks models, and which. */
static enum status open_models(struct rooms *r, struct app *app, struct err *e) {
    enum status s = http_client_new(app->arena, &r->client, e);
    return s == OK ? models_open(app->arena, &app->config, r->client, &r->models, e) : s;
}

/* NULL: vectors stay in the database alone. */
static enum status open_vector_store(struct rooms *r, struct app *app, struct err *e) {
    const struct config *c = &app->config;
    const struct pinecone_options options = { .api_key = c->pinecone_api_key,
                                              .index_name = c->pinecone_index_name,
                                              .base_url = c->pinecone_api_base_url };
    if (c->vector_store != VECTOR_STORE_PINECONE) return OK;
    return pinecone_open(app->arena, &options, r->client, &r->vector_store, e);
}

static enum status open_rag(struct rooms *r, const struct config *c, struct err *e) {
    const struct rag_options options = { .emergency_number = c->emergency_number,
                                         .default_region = c->default_region,
                                         .alerts = &r->alerts,
                                         .generator = models_generator(r->models),
                                         .model_timeout_us = c->model_timeout_s * SECOND_US,
                                         .embedder = models_embedder(r->models),
                                         .store = r->vector_store,
                                         .vector_key = crypto_derive(&c->root_key, "vectors ", 1),
                                         .watch = &r->metrics.rag_watch,
                                         .documents = &r->documents };
    return rag_open(&options, &r->rag, e);
}

static struct alerts alerts_of(const struct config *c, struct job_signal *signal) {
    return (struct alerts) { .server = { .host = c->email_host,
                                         .port = c->email_port,
                                         .user = c->email_user,
                                         .password = c->email_password,
                                         .tls = c->email_use_tls,
                                         .from = c->default_from_email },
                             .admins = c->admins,
                             .public_url = c->public_url,
                             .signal = signal };
}

/* The simulated carrier keeps what its phones send; a real one has its own place. */
static enum status open_carriers(struct rooms *r, const struct config *c, struct err *e) {
    struct simulator *simulator = &r->carriers.simulator;
    enum status s = c->channel == CHANNEL_SIMULATOR ? simulator_media_new(&simulator->media, e) : OK;

    if (s == OK) carriers_open(&r->carriers, c);
    return s;
}

static enum status open_rooms(struct rooms *r, struct app *app, struct job_signal *signal, struct err *e) {
    const struct config *c = &app->config;
    const struct extractor_options extractor = { .program = c->extractor_path, .readers_max = c->workers };
    enum status s;

    r->alerts = alerts_of(c, signal);
    r->maintenance = (struct maintenance) { signal, retention_of(c) };
    r->prices = (struct model_prices) { c->model_price_in, c->model_price_out, c->embed_price };
    r->authenticator = accounts_authenticator(&r->accounts);
    if ((s = event_hub_new(&r->events, e)) != OK) return s;
    if ((s = open_models(r, app, e)) != OK) return s;
    if ((s = open_vector_store(r, app, e)) != OK) return s;
    if ((s = open_rag(r, c, e)) != OK) return s;
    if ((s = open_carriers(r, c, e)) != OK) return s;
    if ((s = extractor_open(app->arena, &extractor, &r->documents.extractor, e)) != OK) return s;
    if ((s = blob_store_init(&r->documents.blobs, app->arena, c->data_dir, &c->root_key, e)) != OK) return s;
    r->documents.indexer = rag_indexer(r->rag);
    r->documents.reading_max = c->workers;
    r->documents.signal = signal;
    r->documents.events = r->events;
    r->patients =
        (struct patients) { signal, c->default_region, c->public_url, &r->carriers.channel.sender, r->parts };
    r->messaging = (struct messaging) { .channel = &r->carriers.channel,
                                        .client = r->client,
                                        .documents = &r->documents,
                                        .simulated = r->carriers.simulator.media,
                                        .has_sms = c->channel == CHANNEL_TWILIO && c->twilio_sms_number.n > 0,
                                        .message_rate = c->message_rate,
                                        .signal = signal,
                                        .events = r->events,
                                        .public_url = c->public_url,
                                        .default_region = c->default_region,
                                        .emergency_number = c->emergency_number,
                                        .ask = ask,
                                        .ask_ctx = r->rag,
                                        .triage = triage,
                                        .desk = &r->desk,
                                        .bulk = &r->bulk,
                                        .alerts = &r->alerts };
    r->sessions = (struct sessions) { .messaging = &r->messaging,
                                      .signal = signal,
                                      .reminder_us = c->take_over_reminder_min * MINUTE_US,
                                      .code_key = crypto_derive(&c->root_key, "acc-code", 1) };
    r->desk = sessions_desk(&r->sessions);
    r->broadcasts = (struct broadcasts) { .messaging = &r->messaging,
                                          .signal = signal,
                                          .time_zone = c->time_zone,
                                          .people_per_day = c->people_per_day,
                                          .default_region = c->default_region,
                                          .pool = app->pool,
                                          .news = r->broadcast_news,
                                          .prices = { .message = c->message_price,
                                                      .marketing = c->template_price_marketing,
                                                      .utility = c->template_price_utility } };
    for (size_t i = 0; i < BROADCAST_NEWS; i++) r->broadcast_news[i].hub = r->events;
    if (c->quiet_hours.n && !day_span_parse(c->quiet_hours, &r->broadcasts.quiet))
        return fail(e, E_INVALID, NULL, "quiet hours that were read cannot be read");
    r->bulk = broadcasts_desk(&r->broadcasts);
    return OK;
}

/* What is saved, and where to. The root key stays where it is: it lives as long as the app. */
static struct backups backups_of(struct rooms *r, const struct app *app, struct job_signal *signal) {
    const struct config *c = &app->config;
    return (struct backups) { .folder = c->backup_dir,
                              .data_dir = c->data_dir,
                              .database_url = c->database_url,
                              .keep = c->backup_keep,
                              .every_us = c->backup_every_h * HOUR_US,
                              .root = &c->root_key,
                              .blobs = &r->documents.blobs,
                              .signal = signal,
                              .events = r->events };
}

/* "": it is no file. NULL: no memory. */
static const char *database_path(const struct app *app) {
    struct str url = app->config.database_url;
    return str_starts(url, STR("sqlite:")) ? arena_cstr(app->arena, str_sub(url, 7, url.n)) : "";
}

/* After everything that is counted is listed. */
static enum status open_metrics(struct rooms *r, struct app *app, struct job_signal *signal, struct err *e) {
    r->metrics.sampler = (struct sampler) { &r->messaging, r->models, signal };
    r->metrics.prices = &r->prices;
    r->metrics.time_zone = app->config.time_zone;
    r->metrics.started_at_us = clock_now_us(&app->clock);
    r->metrics.database_path = database_path(app);
    if (!r->metrics.database_path) return fail(e, E_LIMIT, NULL, "no memory for the database's path");
    return metrics_init(&r->metrics, app->arena, r->sets, app->config.http_threads, r->kinds, e);
}

enum status rooms_init(struct rooms *r, struct app *app, struct job_signal *signal, struct err *e) {
    enum status s;

    *r = (struct rooms) { 0 };
    if ((s = accounts_init(&r->accounts, &app->config.root_key, app->config.public_url, e)) != OK) return s;
    r->accounts.mail = &r->alerts; /* opened with the others */
    r->accounts.session_us = app->config.session_hours * HOUR_US;
    r->accounts.pool = app->pool;
    r->opened = true;
    if ((s = open_rooms(r, app, signal, e)) != OK) {
        rooms_done(r);
        return s;
    }
    r->backups = backups_of(r, app, signal);
    r->health = (struct health) { .messaging = &r->messaging, .models = r->models };
    r->settings = (struct settings) { app, signal, r->events, clock_now_us(&app->clock), NULL };
    list_parts(r);
    list_routes(r);
    list_job_kinds(r);
    s = open_metrics(r, app, signal, e);
    if (s != OK) rooms_done(r);
    return s;
}

void rooms_done(struct rooms *r) {
    if (!r->opened) return;
    extractor_close(r->documents.extractor);
    rag_close(r->rag);
    pinecone_close(r->vector_store);
    models_close(r->models);
    http_client_free(r->client);
    event_hub_free(r->events);
    simulator_media_free(r->carriers.simulator.media);
    accounts_done(&r->accounts);
    *r = (struct rooms) { 0 };
}

enum status rooms_start_jobs(struct rooms *r, struct app *app, struct err *e) {
    int64_t now_us = clock_now_us(&app->clock);
    enum status s;

    if ((s = db_begin(app->db, e)) != OK) return s;
    s = job_release_all(app->db, now_us, e);
    if (s == OK) s = outbox_release(app->db, now_us, e);
    if (s == OK) s = maintenance_add_job(app->db, r->maintenance.signal, 0, now_us, e);
    if (s == OK)
        s = job_add(app->db, r->documents.signal, STR(DOCUMENT_JOB_SWEEP), STR("{}"), 0, STR("sweep"), now_us,
                    e);
    if (s == OK) s = sampler_start(&r->metrics.sampler, app->db, now_us, e);
    if (s == OK) s = messaging_start_jobs(&r->messaging, app->db, now_us, e);
    if (s == OK) s = broadcasts_start_jobs(&r->broadcasts, app->db, app->arena, now_us, e);
    if (s == OK) s = rag_start_jobs(r->rag, app->db, now_us, e);
    if (s == OK) s = backups_start_jobs(&r->backups, app->db, now_us, e);
    return db_finish(app->db, s, e);
}
