/*
 * cmd_demo -- fills an empty data directory with the made-up clinic of demo/, as people would: patients are created and agree on WhatsApp,
 * their papers are uploaded and read, they ask their questions. Everything goes through our own HTTP API and the jobs that it causes; no
 * row is written from here.
 *
 * The jobs run on this thread, after each step, so that the command ends exactly when all of its work is done.
 */
#include "main/loopback.h"
#include "main/options.h"
#include "main/service.h"
#include "os/file.h"

#include <stdio.h>
#include <stdlib.h>

enum { DEMO_FILE_MAX_BYTES = 4 * 1024 * 1024, WORK_ARENA_BYTES = 256 * 1024 * 1024 };

static const struct message demo_not_empty = {
    "demo_not_empty",
    "Il y a déjà des patients ici. La clinique inventée demande un dossier de données vide (MEDIRECORD_DATA_DIR).",
    "There are patients here already. The made-up clinic wants an empty data directory (MEDIRECORD_DATA_DIR)."
};
static const struct message demo_unreadable = {
    "demo_unreadable",
    "{} est introuvable ou illisible. L’option --from dit où est le dossier de la clinique inventée.",
    "{} is missing or cannot be read. The option --from says where the folder of the made-up clinic is."
};

struct demo {
    struct service service;
    struct loopback api;
    struct arena *work; /* reset after each step */
    const char *folder;
    json_t *clinic;
    json_t *ids; /* key of a patient -> id */
    int messages, failed;
};

static const char *text(const json_t *object, const char *key) {
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : "";
}

static void progress(const char *what, size_t done, size_t total) {
    fprintf(stderr, "\r\033[K%s %zu/%zu%s", what, done, total, done == total ? "\n" : "");
}

static enum status read_folder(struct demo *d, const char *name, struct str *out, struct err *e) {
    struct str path;
    struct err why = { 0 };

    if (!arena_printf(d->work, &path, "%s/%s", d->folder, name))
        return fail(e, E_LIMIT, NULL, "no room for a path");
    if (file_read(d->work, path.p, DEMO_FILE_MAX_BYTES, out, &why) == OK) return OK;
    enum status s = fail(e, E_INVALID, &demo_unreadable, "a file of the made-up clinic: %s", why.detail);
    err_arg(e, path);
    return s;
}

static enum status read_clinic(struct demo *d, struct err *e) {
    struct str json;
    enum status s = read_folder(d, "clinic.json", &json, e);

    if (s != OK) return s;
    d->clinic = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
    d->ids = json_object();
    if (d->clinic && d->ids) return OK;
    s = fail(e, E_INVALID, &demo_unreadable, "clinic.json is not JSON");
    err_arg(e, STR("clinic.json"));
    return s;
}

/* Everything that the last step caused, here and now. */
static enum status run_jobs(struct demo *d, struct err *e) {
    int ran;
    enum status s =
        job_run_due(d->service.app.db, d->service.rooms.kinds, d->work, &d->service.app.clock, &ran, e);
    arena_reset(d->work);
    return s;
}

static enum status refuse_if_not_empty(struct demo *d, struct err *e) {
    json_t *list = NULL;
    enum status s = loopback_json(&d->api, "GET", "/api/patients/?page_size=1", NULL, &list, e);
    bool empty = json_integer_value(json_object_get(list, "count")) == 0;

    json_decref(list);
    if (s != OK) return s;
    return empty ? OK : fail(e, E_CONFLICT, &demo_not_empty, "there are patients already");
}

/* What the API takes of an entry of clinic.json: all but what only this command reads. */
static json_t *record_of(const json_t *entry) {
    json_t *record = json_copy((json_t *)(uintptr_t)entry);
    json_object_del(record, "key");
    json_object_del(record, "activate");
    return record;
}

static enum status say(struct demo *d, const char *phone, const char *body, struct err *e) {
    json_t *message = json_pack("{ssss}", "phone", phone, "body", body), *out = NULL;
    enum status s = message ? loopback_json(&d->api, "POST", "/api/simulator/", message, &out, e)
                            : fail(e, E_INTERNAL, NULL, "no memory for a message");
    json_decref(message);
    json_decref(out);
    if (s == OK) d->messages++;
    return s == OK ? run_jobs(d, e) : s;
}

static enum status add_patient(struct demo *d, const json_t *entry, struct err *e) {
    json_t *record = record_of(entry), *made = NULL;
    enum status s = loopback_json(&d->api, "POST", "/api/patients/", record, &made, e);

    json_decref(record);
    if (s == OK && json_object_set(d->ids, text(entry, "key"), json_object_get(made, "id")) != 0)
        s = fail(e, E_INTERNAL, NULL, "no memory for a patient");
    json_decref(made);
    if (s == OK) s = run_jobs(d, e);
    if (s == OK && json_is_true(json_object_get(entry, "activate")))
        s = say(d, text(entry, "phone"), "OUI", e);
    return s;
}

static enum status add_patients(struct demo *d, struct err *e) {
    const json_t *entries = json_object_get(d->clinic, "patients");
    enum status s = OK;

    for (size_t i = 0; i < json_array_size(entries) && s == OK; i++) {
        s = add_patient(d, json_array_get(entries, i), e);
        progress("patients", i + 1, json_array_size(entries));
    }
    return s;
}

static enum status add_document(struct demo *d, const json_t *entry, struct err *e) {
    int64_t patient = json_integer_value(json_object_get(d->ids, text(entry, "patient")));
    json_t *made = NULL, *read = NULL;
    struct str name = str_from_c(text(entry, "file")), bytes, path;
    enum status s;

    if (!arena_printf(d->work, &path, "documents/%.*s", STR_ARG(name)))
        return fail(e, E_LIMIT, NULL, "no room for a path");
    if ((s = read_folder(d, path.p, &bytes, e)) != OK) return s;
    s = loopback_upload(&d->api, patient, name, bytes, &made, e);
    int64_t id = json_integer_value(json_object_get(made, "id"));
    json_decref(made);
    if (s == OK) s = run_jobs(d, e);
    if (s == OK && !arena_printf(d->work, &path, "/api/documents/%lld/", (long long)id))
        s = fail(e, E_LIMIT, NULL, "no room for a path");
    if (s == OK) s = loopback_json(&d->api, "GET", path.p, NULL, &read, e);
    if (s == OK && strcmp(text(read, "status"), "indexed") != 0) d->failed++;
    json_decref(read);
    return s;
}

static enum status add_documents(struct demo *d, struct err *e) {
    const json_t *entries = json_object_get(d->clinic, "documents");
    enum status s = OK;

    for (size_t i = 0; i < json_array_size(entries) && s == OK; i++) {
        s = add_document(d, json_array_get(entries, i), e);
        progress("documents", i + 1, json_array_size(entries));
    }
    return s;
}

/* Written and published, as a doctor would. */
static enum status add_sheet(struct demo *d, json_t *entry, struct err *e) {
    json_t *made = NULL, *published = NULL, *nothing = json_object();
    struct str path;
    enum status s = nothing ? loopback_json(&d->api, "POST", "/api/rag/advice/", entry, &made, e)
                            : fail(e, E_INTERNAL, NULL, "no memory");
    int64_t id = json_integer_value(json_object_get(made, "id"));
    if (s == OK && !arena_printf(d->work, &path, "/api/rag/advice/%lld/publish/", (long long)id))
        s = fail(e, E_LIMIT, NULL, "no room for a path");
    if (s == OK) s = loopback_json(&d->api, "POST", path.p, nothing, &published, e);
    json_decref(made);
    json_decref(published);
    json_decref(nothing);
    arena_reset(d->work);
    return s;
}

static enum status add_advice(struct demo *d, struct err *e) {
    const json_t *entries = json_object_get(d->clinic, "advice");
    enum status s = OK;

    for (size_t i = 0; i < json_array_size(entries) && s == OK; i++) {
        s = add_sheet(d, json_array_get(entries, i), e);
        progress("advice", i + 1, json_array_size(entries));
    }
    return s;
}

static const char *phone_of(const struct demo *d, const char *key) {
    const json_t *patients = json_object_get(d->clinic, "patients");
    for (size_t i = 0; i < json_array_size(patients); i++)
        if (strcmp(text(json_array_get(patients, i), "key"), key) == 0)
            return text(json_array_get(patients, i), "phone");
    return "";
}

static enum status hold_conversations(struct demo *d, struct err *e) {
    const json_t *entries = json_object_get(d->clinic, "conversations");
    enum status s = OK;

    for (size_t i = 0; i < json_array_size(entries) && s == OK; i++) {
        const json_t *entry = json_array_get(entries, i), *messages = json_object_get(entry, "messages");
        for (size_t m = 0; m < json_array_size(messages) && s == OK; m++)
            s = say(d, phone_of(d, text(entry, "patient")), json_string_value(json_array_get(messages, m)),
                    e);
        progress("conversations", i + 1, json_array_size(entries));
    }
    return s;
}

static enum status play(struct demo *d, struct err *e) {
    char token[TOKEN_TEXT_BYTES];
    enum status s;

    if (!(d->work = arena_new(WORK_ARENA_BYTES))) return fail(e, E_INTERNAL, NULL, "no memory");
    if ((s = read_clinic(d, e)) != OK) return s;
    if ((s = service_own_token(&d->service, STR("demo"), token, e)) != OK) return s;
    d->api = (struct loopback) { http_server_address(d->service.server), str_from_c(token) };
    s = refuse_if_not_empty(d, e);
    if (s == OK) s = add_patients(d, e);
    if (s == OK) s = add_documents(d, e);
    if (s == OK) s = add_advice(d, e);
    if (s == OK) s = hold_conversations(d, e);
    crypto_wipe(token, sizeof token);
    return s;
}

static void print_result(const struct demo *d) {
    size_t patients = json_array_size(json_object_get(d->clinic, "patients"));
    size_t documents = json_array_size(json_object_get(d->clinic, "documents"));
    size_t sheets = json_array_size(json_object_get(d->clinic, "advice"));

    printf(
        command_lang() == LANG_EN
            ? "%zu patients, %zu documents (%d could not be read), %zu sheets of advice, %d messages of patients\n"
            : "%zu patients, %zu documents (%d illisibles), %zu fiches de conseils, %d messages de patients\n",
        patients, documents, d->failed, sheets, d->messages);
}

static int run(const struct command *c, int argc, char **argv) {
    struct demo d = { .folder = "demo" };
    const struct option_row rows[] = { { "from", &d.folder, NULL }, { 0 } };
    struct err e = { 0 };
    int first, code = options_parse(c, rows, argc, argv, &first);
    enum status s;

    if (code != EXIT_DONE) return code;
    if (first < argc) return command_usage_no_more(c);
    setenv("MEDIRECORD_LOG_LEVEL", "warn",
           0); /* a line a request would drown the progress; before any thread */
    s = service_open(&d.service, true, &e);
    if (s == OK) s = service_listen(&d.service, STR("127.0.0.1:0"), &e);
    if (s == OK) s = play(&d, &e);
    if (s == OK) print_result(&d);
    service_close(&d.service);
    json_decref(d.ids);
    json_decref(d.clinic);
    arena_free(d.work);
    return s == OK ? EXIT_DONE : command_failed(c, s, &e);
}

const struct command command_demo = {
    .name = "demo",
    .summary = { "Remplir un dossier de données vide d’une petite clinique inventée",
                 "Fill an empty data directory with a small made-up clinic" },
    .usage = { "[--from DOSSIER]", "[--from FOLDER]" },
    .help = { "  --from DOSSIER   où sont clinic.json et ses documents (demo si rien n’est dit)\n"
              "\n"
              "Patients, papiers et conversations entrent comme des personnes les apporteraient : par l’API et les\n"
              "travaux. `medirecord serve` montre ensuite le résultat.\n",
              "  --from FOLDER   where clinic.json and its documents are (default: demo)\n"
              "\n"
              "Patients, papers and conversations go in as people would bring them: over the API, through the\n"
              "jobs. `medirecord serve` then shows the result.\n" },
    .run = run,
};
