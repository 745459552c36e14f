/*
 * cmd_ingest -- files of one patient, taken in and read here and now.
 */
#include "documents/document_row.h"
#include "documents/file_type.h"
#include "documents/ingest.h"
#include "main/app.h"
#include "main/options.h"
#include "main/rooms.h"
#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { PIECE_BYTES = 64 * 1024, WORK_ARENA_BYTES = 256 * 1024 * 1024, POLL_US = 200 * 1000 };

static const struct message cannot_read = { "cannot_read", "Le fichier {} ne peut pas être lu.",
                                            "The file {} cannot be read." };
static const struct message not_a_document = { "file_unsupported",
                                               "Le fichier {} n’est ni un PDF, ni une image, ni un texte.",
                                               "The file {} is neither a PDF, nor a picture, nor a text." };

struct ingest {
    struct app *app;
    struct rooms rooms;
    struct arena *work;
    int64_t patient_id;
};

static enum status wrong_file(const struct message *m, const char *path, struct err *e) {
    enum status s = fail_errno(e, E_INVALID, m, "a file cannot be taken");
    err_arg(e, str_from_c(path));
    return s;
}

/* Copies the file into an encrypted blob and looks at what it is. */
static enum status store_original(struct ingest *in, const char *path, struct blob_writer **w, struct blob *b,
                                  enum file_type *type, struct err *e) {
    char *bytes = arena_alloc(in->work, PIECE_BYTES);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t got = 0;
    bool first = true;
    enum status s;

    if (fd < 0) return wrong_file(&cannot_read, path, e);
    s = bytes ? blob_write_start(&in->rooms.documents.blobs, in->work, w, e)
              : fail(e, E_LIMIT, NULL, "no room for a file");
    do {
        if (s == OK) s = fd_read_full(fd, bytes, PIECE_BYTES, &got, e);
        if (s == OK && first)
            *type = file_type_of((struct str) { bytes, got < FILE_HEAD_BYTES ? got : FILE_HEAD_BYTES });
        first = false;
        if (s == OK) s = blob_write(*w, (struct str) { bytes, got }, e);
    } while (s == OK && got == PIECE_BYTES);
    close(fd);
    if (s == OK && *type == FILE_UNKNOWN) {
        errno = 0;
        return wrong_file(&not_a_document, path, e);
    }
    return s == OK ? blob_write_finish(*w, b, e) : s;
}

static struct str base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return str_from_c(slash ? slash + 1 : path);
}

static enum status add(struct ingest *in, const char *path, int64_t *id, struct err *e) {
    struct blob_writer *w = NULL;
    struct blob b;
    enum file_type type = FILE_UNKNOWN;
    bool made = false;
    struct db *db = in->app->db;
    enum status s;

    if ((s = store_original(in, path, &w, &b, &type, e)) != OK) return s;
    const struct document d = { .patient_id = in->patient_id,
                                .title = base_name(path),
                                .file_name = base_name(path),
                                .mime = str_from_c(file_type_mime(type)),
                                .size_bytes = (int64_t)b.size_bytes,
                                .blob_name = str_from_c(b.name),
                                .status = STR("pending") };
    if ((s = db_begin(db, e)) != OK) return s;
    s = document_add(db, in->app->arena, &in->rooms.documents, &d, &b.content, clock_now_us(&in->app->clock),
                     id, &made, e);
    if ((s = db_finish(db, s, e)) == OK && made) blob_keep(w);
    return s;
}

/* One line a file on stderr while it goes on, one on stdout when it is done. */
static enum status ingest_file(struct ingest *in, const char *path, int number, int total, struct err *e) {
    struct document d;
    int64_t id = 0;
    int ran = 0;
    enum status s;

    fprintf(stderr, "\r\033[K[%d/%d] %s", number, total, path);
    if ((s = add(in, path, &id, e)) != OK) return s;
    arena_reset(in->work);
    struct job_kind kinds[DOCUMENTS_JOB_COUNT + 1] = { 0 };
    documents_job_kinds(&in->rooms.documents, kinds);
    for (;;) {
        if ((s = job_run_due(in->app->db, kinds, in->work, &in->app->clock, &ran, e)) != OK) return s;
        if ((s = document_get(in->app->db, in->work, id, &d, e)) != OK) return s;
        if (str_eq(d.status, STR("indexed")) || str_eq(d.status, STR("failed"))) break;
        usleep(POLL_US); /* a running server has taken the job: its end can only be seen in the database */
        arena_reset(in->work);
    }
    fprintf(stderr, "\r\033[K");
    printf("%lld\t%.*s\t%lld pages\t%s\n", (long long)id, STR_ARG(d.status), (long long)d.page_count, path);
    fflush(stdout);
    return str_eq(d.status, STR("failed"))
               ? fail(e, E_INVALID, ingest_failure(d.error_code), "document %lld", (long long)id)
               : OK;
}

static enum status ingest_files(struct ingest *in, int count, char **paths, struct err *e) {
    enum status s, first = OK;

    if ((s = patient_check_exists(in->app->db, in->patient_id, e)) != OK) return s;
    if ((s = rooms_init(&in->rooms, in->app, NULL, e)) != OK) return s;
    if (!(in->work = arena_new(WORK_ARENA_BYTES))) s = fail(e, E_INTERNAL, NULL, "no memory");
    for (int i = 0; i < count && s == OK; i++) {
        /* One bad file does not keep the others out. */
        struct err why = { 0 };
        enum status one = ingest_file(in, paths[i], i + 1, count, &why);
        if (one == OK) continue;
        command_failed(&command_ingest, one, &why);
        if (first == OK) first = one;
        arena_reset(in->work);
    }
    arena_free(in->work);
    rooms_done(&in->rooms);
    return s == OK ? first : s;
}

static int run(const struct command *c, int argc, char **argv) {
    const char *patient = NULL;
    const struct option_row rows[] = { { "patient", &patient, NULL }, { 0 } };
    struct ingest in = { 0 };
    struct app app;
    struct err e = { 0 };
    enum status s;
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (!patient || !str_to_i64(str_from_c(patient), &in.patient_id))
        return command_usage(c, "--patient veut le numéro d’un patient",
                             "--patient needs the number of a patient");
    if (first == argc) return command_usage(c, "aucun fichier n’est nommé", "no file is named");
    if ((s = app_open(&app, APP_DATABASE, &e)) != OK) return command_failed(c, s, &e);
    in.app = &app;
    s = ingest_files(&in, argc - first, argv + first, &e);
    app_close(&app);
    if (s != OK && (e.message || e.detail[0])) return command_failed(c, s, &e);
    return s == OK ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_ingest = {
    .name = "ingest",
    .summary = { "Prendre des fichiers d’un patient et les lire",
                 "Take files of a patient in and read them" },
    .usage = { "--patient ID FICHIER...", "--patient ID FILE..." },
    .help = { "  --patient ID   le numéro du patient : 12 si sa page du tableau de bord est /dashboard/patients/12/\n"
              "\n"
              "Une ligne par fichier : numéro du document, état, pages, nom. Un fichier que le patient a déjà n’est\n"
              "pas pris deux fois. Code 1 quand un fichier n’a pas pu être pris ou lu.\n",
              "  --patient ID   the number of the patient: 12 when his page of the dashboard is /dashboard/patients/12/\n"
              "\n"
              "Prints a line a file: number of the document, state, pages, name. A file that the patient\n"
              "has already is not taken twice. Exit 1 when a file could not be taken or read.\n" },
    .run = run,
};
