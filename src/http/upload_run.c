#include "http/upload_run.h"

#include "base/utf8.h"
#include "http/multipart.h"
#include "http/negotiate.h"

const struct message upload_file_too_large = { "file_too_large",
                                               "Ce fichier dépasse la taille permise : {} Mo.",
                                               "This file is larger than allowed: {} MB." };
const struct message upload_too_many = { "too_many_parts",
                                         "Trop de fichiers ou de champs dans un envoi : {} au plus.",
                                         "Too many files or fields in one upload: at most {}." };
const struct message upload_file_missing = { "file_missing", "Ajoutez un fichier (champ « file »).",
                                             "Add a file (field \"file\")." };
const struct message upload_field_too_long = { "field_too_long", "Un champ du formulaire est trop long.",
                                               "A field of the form is too long." };
const struct message upload_field_not_text = { "field_not_text",
                                               "Un champ du formulaire n’est pas du texte UTF-8.",
                                               "A field of the form is not UTF-8 text." };
const struct message upload_no_boundary = {
    "multipart_boundary", "L’en-tête Content-Type du formulaire n’a pas de limite (boundary) valable.",
    "The Content-Type of the form has no valid boundary."
};

enum part_kind { PART_FIELD, PART_FILE, PART_EMPTY_FILE };

struct upload_run {
    const struct upload_sink *sink;
    struct arena *arena;
    void *state;
    struct multipart multipart;
    struct hash_stream hash;
    struct buf value; /* of the field that is being read */
    struct str name;  /* of that field, in the arena */
    enum part_kind kind;
    uint64_t file_bytes;
    int files, fields;
};

/* Adds a piece with its length, so that no two different uploads give the same bytes to the hash. */
static void hash_piece(struct upload_run *u, char tag, struct str s) {
    unsigned char head[9] = { (unsigned char)tag };
    for (int i = 0; i < 8; i++) head[1 + i] = (unsigned char)((uint64_t)s.n >> (8 * i));
    crypto_hash_add(&u->hash, (struct str) { (const char *)head, sizeof head });
    crypto_hash_add(&u->hash, s);
}

static enum status fail_with_number(struct err *e, const struct message *m, int64_t n) {
    struct buf text;
    buf_init(&text, 32);
    buf_add_i64(&text, n);
    enum status s = fail(e, E_LIMIT, m, "upload limit of %lld", (long long)n);
    err_arg(e, buf_str(&text));
    buf_done(&text);
    return s;
}

static enum status begin_file(struct upload_run *u, const struct part *part, struct err *e) {
    /* A browser sends an empty file without a name for an input that was left empty. */
    u->kind = part->filename.n > 0 ? PART_FILE : PART_EMPTY_FILE;
    u->file_bytes = 0;
    if (u->kind == PART_EMPTY_FILE) return OK;
    if (++u->files > u->sink->files_max) return fail_with_number(e, &upload_too_many, u->sink->files_max);
    hash_piece(u, 'F', part->name);
    hash_piece(u, 'n', part->filename);
    return u->sink->file_begin(u->state, part->name, part->filename, e);
}

static enum status on_begin(void *ctx, const struct part *part, struct err *e) {
    struct upload_run *u = ctx;
    if (part->has_filename) return begin_file(u, part, e);
    u->kind = PART_FIELD;
    if (++u->fields > u->sink->fields_max) return fail_with_number(e, &upload_too_many, u->sink->fields_max);
    buf_clear(&u->value);
    if (!arena_dup(u->arena, part->name, &u->name))
        return fail(e, E_LIMIT, NULL, "no room for the name of a field");
    return OK;
}

static enum status on_data(void *ctx, struct str bytes, struct err *e) {
    struct upload_run *u = ctx;
    switch (u->kind) {
    case PART_FIELD:
        buf_add(&u->value, bytes);
        return buf_ok(&u->value) ? OK : fail(e, E_LIMIT, &upload_field_too_long, "field too long");
    case PART_FILE:
        u->file_bytes += bytes.n;
        if (u->file_bytes > u->sink->file_max_bytes)
            return fail_with_number(e, &upload_file_too_large,
                                    (int64_t)(u->sink->file_max_bytes / (1024 * 1024)));
        crypto_hash_add(&u->hash, bytes);
        return u->sink->file_data(u->state, bytes, e);
    case PART_EMPTY_FILE: break;
    }
    return fail(e, E_INVALID, &multipart_malformed, "file without a name");
}

static enum status on_end(void *ctx, struct err *e) {
    struct upload_run *u = ctx;
    if (u->kind == PART_FILE)
        hash_piece(u, 'E', (struct str) { (const char *)&u->file_bytes, sizeof u->file_bytes });
    if (u->kind != PART_FIELD) return OK;
    struct str value = buf_str(&u->value);
    if (!utf8_is_clean(value)) return fail(e, E_INVALID, &upload_field_not_text, "field is not UTF-8");
    hash_piece(u, 'f', u->name);
    hash_piece(u, 'v', value);
    return u->sink->field(u->state, u->name, value, e);
}

static void close_run(void *ctx) {
    struct upload_run *u = ctx;
    buf_done(&u->value);
    if (u->sink->close) u->sink->close(u->state);
}

enum status upload_run_open(struct request *rq, const struct upload_sink *sink, struct str content_type,
                            struct upload_run **out, struct err *e) {
    struct upload_run *u = arena_alloc(rq->arena, sizeof *u);
    struct str boundary = STR("");
    enum status s;

    if (!u) return fail(e, E_LIMIT, NULL, "no room for an upload");
    *u = (struct upload_run) { .sink = sink, .arena = rq->arena };
    const struct multipart_events events = { u, on_begin, on_data, on_end };
    if (!sink->raw_type && (!media_type_param(content_type, STR("boundary"), &boundary) ||
                            !multipart_init(&u->multipart, boundary, &events)))
        return fail(e, E_INVALID, &upload_no_boundary, "multipart without a boundary");
    u->kind = PART_FILE;
    crypto_hash_start(&u->hash);
    buf_init(&u->value, sink->field_max_bytes);
    if ((s = sink->open(rq, &u->state, e)) != OK) return s;
    if (!arena_defer(rq->arena, close_run, u)) {
        close_run(u);
        return fail(e, E_LIMIT, NULL, "no room for an upload");
    }
    *out = u;
    return OK;
}

enum status upload_run_feed(struct upload_run *u, struct str bytes, struct err *e) {
    return u->sink->raw_type ? on_data(u, bytes, e) : multipart_feed(&u->multipart, bytes, e);
}

enum status upload_run_finish(struct upload_run *u, struct err *e) {
    return u->sink->raw_type ? on_end(u, e) : multipart_finish(&u->multipart, e);
}

void *upload_run_state(const struct upload_run *u) {
    return u->state;
}

struct hash upload_run_hash(struct upload_run *u) {
    return crypto_hash_end(&u->hash);
}
