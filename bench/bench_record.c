/*
 * bench_record -- how long retrieval takes for a record of about 1,000 passages: read from the database (cold), and searched in memory (cached),
 * with vectors of meaning and without.
 *
 *     bench_record FOLDER [PASSAGES]
 *
 * FOLDER lies on the disk that is to be measured; a database is made in it and removed. Medians of many rounds, of the time on the clock and of the
 * processor's time: they are the same on a machine that has nothing else to do. The pages that are read cold come
 * from the system's cache, as they do in a process that serves; no record is in memory.
 */
#include "base/clock.h"
#include "base/crypto.h"
#include "db/db.h"
#include "db/migrate.h"
#include "patients/patient_store.h"
#include "rag/embedding_store.h"
#include "language/expand.h"
#include "search/record_store.h"
#include "search/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { DIMENSIONS = 768, PER_DOCUMENT = 20, COLD_ROUNDS = 101, ROUNDS_MAX = 401, PASSAGES_MAX = 20000 };

static const char space_name[] = "bench/one/768";
static const struct str space = { space_name, sizeof space_name - 1 };

static void must(enum status s, const struct err *e, const char *what) {
    if (s == OK) return;
    fprintf(stderr, "bench_record: %s: %s (%s)\n", what, status_name(s), e->detail);
    exit(1);
}

static void random_vector(uint64_t *seed, float out[DIMENSIONS]) {
    for (int i = 0; i < DIMENSIONS; i++) {
        *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        out[i] = (float)(*seed >> 40) / (float)(1 << 23) - 1;
    }
}

static int64_t add_document(struct db *db, int64_t patient_id, int number, struct err *e) {
    static const char sql[] =
        "INSERT INTO document (patient_id, title, kind, author, title_given, kind_given, date_given, names_another, file_name, mime, "
        "size_bytes, content_hash, blob_name, status, error_code, page_count, illegible_count, created_by, created_at_us, "
        "updated_at_us, indexed_at_us) VALUES ($1, 'Compte rendu', 'report', 'Dr Sarr', 0, 0, 0, 0, 'a.pdf', 'application/pdf', 1, "
        "$2, 'b', 'indexed', '', 1, 0, 0, 1, 1, 1) RETURNING id";
    const struct db_query q = { .name = "document", .sql = sql, .id = -1, .params = 2, .columns = 1 };
    const struct db_val args[] = { db_int(patient_id), db_int(number) };
    int64_t id = 0;
    must(db_get_i64(db, &q, args, &id, e), e, "document");
    return id;
}

/* Texts as long as real ones, no two alike. */
static void add_chunks(struct db *db, struct arena *arena, int64_t patient_id, int64_t document_id, int from,
                       int count, struct err *e) {
    static const char *const places[] = {
        "genou", "épaule", "dos", "poignet", "cheville", "coude", "hanche"
    };
    struct chunk *chunks = arena_array(arena, (size_t)count, sizeof *chunks);
    if (!chunks) abort();
    for (int i = 0; i < count; i++) {
        int at = from + i;
        chunks[i] =
            (struct chunk) { .page = 1, .position = i, .confidence = 100, .heading = STR("OBSERVATION") };
        if (!arena_printf(
                arena, &chunks[i].text,
                "Le patient décrit une douleur au %s apparue il y a %d jours, d'intensité %d sur 10, soulagée par le "
                "repos. L'examen retrouve une mobilité de %d degrés. La tension artérielle est à %d/%d mmHg, le poids à %d "
                "kg. Conduite à tenir : repos, glace, surveillance et nouvelle consultation dans %d semaines si la douleur "
                "persiste.",
                places[at % 7], at % 90 + 1, at % 10, at % 140 + 20, 110 + at % 50, 60 + at % 30,
                50 + at % 60, at % 8 + 1))
            abort();
    }
    must(chunk_store_replace(db, patient_id, document_id, chunks, (size_t)count, e), e, "chunks");
}

static void add_vectors(struct db *db, struct arena *arena, int64_t patient_id, struct err *e) {
    struct embedding_space opened;
    struct unembedded *list = arena_array(arena, PASSAGES_MAX, sizeof *list);
    unsigned char packed[VECTOR_SCALE_BYTES + DIMENSIONS];
    float v[DIMENSIONS];
    uint64_t seed = 1;
    size_t count;
    if (!list) abort();
    must(embedding_space_open(db, space, DIMENSIONS, 1, &opened, e), e, "space");
    must(embedding_list_missing(db, arena, patient_id, space, list, PASSAGES_MAX, &count, e), e, "list");
    for (size_t i = 0; i < count; i++) {
        random_vector(&seed, v);
        if (!vector_pack(v, DIMENSIONS, packed)) abort();
        must(embedding_put(db, opened.id, patient_id, list[i].chunk_id,
                           (struct str) { (const char *)packed, sizeof packed }, e),
             e, "vector");
    }
}

static void agree(struct db *db, int64_t patient_id, struct err *e) {
    static const char sql[] =
        "INSERT INTO consent (patient_id, purpose, granted, source, recorded_by, created_at_us) VALUES "
        "($1, 'external_model', 1, 'staff', NULL, 1)";
    const struct db_query q = { .name = "consent", .sql = sql, .id = -1, .params = 1 };
    const struct db_val args[] = { db_int(patient_id) };
    must(db_run(db, &q, args, NULL, NULL, NULL, e), e, "consent");
}

static struct patient fill(struct db *db, struct arena *arena, int passages) {
    const struct patient_actor actor = { 0 };
    struct patient p = patient_blank();
    struct err e = { 0 };
    p.first_name = STR("Awa");
    p.last_name = STR("Diop");
    p.phone = STR("+221770000001");
    must(patient_create(db, &actor, arena, &p, &e), &e, "patient");
    must(db_begin(db, &e), &e, "begin");
    agree(db, p.id, &e);
    for (int at = 0, n = 1; at < passages; at += PER_DOCUMENT, n++) {
        int count = passages - at < PER_DOCUMENT ? passages - at : PER_DOCUMENT;
        add_chunks(db, arena, p.id, add_document(db, p.id, n, &e), at, count, &e);
    }
    add_vectors(db, arena, p.id, &e);
    must(db_finish(db, OK, &e), &e, "commit");
    must(patient_get(db, arena, p.id, &p, &e), &e, "patient");
    return p;
}

/* On the clock, and of this thread on a processor. */
struct moment {
    int64_t clock_us, processor_us;
};

static struct moment now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (struct moment) { clock_monotonic_us(), t.tv_sec * SECOND_US + t.tv_nsec / 1000 };
}

struct rounds {
    size_t count;
    int64_t clock_us[ROUNDS_MAX], processor_us[ROUNDS_MAX];
};

static void add_round(struct rounds *r, struct moment start) {
    struct moment end = now();
    r->clock_us[r->count] = end.clock_us - start.clock_us;
    r->processor_us[r->count++] = end.processor_us - start.processor_us;
}

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static double median_ms(int64_t *us, size_t count) {
    qsort(us, count, sizeof *us, by_size);
    return (double)us[count / 2] / 1000;
}

/* One question, from its text to its passages. */
static void ask(const struct record *r, const struct expander *expander, const struct vector_question *q) {
    struct arena *arena = arena_new((size_t)16 << 20);
    struct text_reader *reader;
    struct tokens tokens;
    struct search_query query;
    struct passage best[SEARCH_PASSAGES_MAX];
    struct near_list near;
    size_t count;
    if (!arena || text_reader_open(arena, &reader, NULL) != OK) abort();
    if (text_tokens(reader, arena, STR("mobilité de la hanche ?"), TEXT_QUESTION, &tokens, NULL) != OK)
        abort();
    if (search_query_read(reader, arena, expander, r, &tokens, NULL, &query, NULL) != OK) abort();
    if (q) {
        near_find(r, q, &near);
        if (near.count == 0) abort();
        query.near = &near;
    }
    if (search_passages(r, &query, arena, best, SEARCH_PASSAGES_MAX, &count, NULL) != OK) abort();
    arena_free(arena);
}

static void measure(struct db *db, const struct patient *p, const struct expander *expander, struct str of,
                    const struct vector_question *q) {
    struct rounds cold, cached;
    struct record *r = NULL;
    struct err e = { 0 };
    cold.count = cached.count = 0;
    while (cold.count < COLD_ROUNDS) {
        record_free(r);
        struct moment start = now();
        must(record_load(db, p, of, &r, &e), &e, "record");
        ask(r, expander, q);
        add_round(&cold, start);
    }
    while (cached.count < ROUNDS_MAX) {
        struct moment start = now();
        ask(r, expander, q);
        add_round(&cached, start);
    }
    printf(
        "%zu passages, %-15s cached %.3f ms (processor %.3f), cold %.2f ms (processor %.2f), %.2f MB in memory\n",
        r->chunk_count, q ? "with vectors:" : "by words alone:", median_ms(cached.clock_us, cached.count),
        median_ms(cached.processor_us, cached.count), median_ms(cold.clock_us, cold.count),
        median_ms(cold.processor_us, cold.count), (double)record_bytes(r) / 1e6);
    record_free(r);
}

int main(int argc, char **argv) {
    struct vector_question question;
    char url[512];
    float v[DIMENSIONS];
    uint64_t seed = 7;
    struct err e = { 0 };
    struct db_pool *pool;
    struct db *db;
    struct expander *expander;
    int passages = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 1000;
    struct arena *arena = arena_new((size_t)256 << 20);
    if (argc < 2 || passages < 1 || passages > PASSAGES_MAX || !arena) return 2;
    must(crypto_init(&e), &e, "crypto");
    snprintf(url, sizeof url, "sqlite:%s/bench_record.db", argv[1]);
    must(db_pool_open(str_from_c(url), true, &pool, &e), &e, "open");
    must(db_migrate(pool, 1, NULL, &e), &e, "migrate");
    must(db_open(pool, &db, &e), &e, "session");
    must(expander_new(arena, &expander, &e), &e, "words");
    random_vector(&seed, v);
    if (!vector_question_read(v, DIMENSIONS, &question)) abort();
    struct patient p = fill(db, arena, passages);
    /* Started anew, as a server that reads a record for the first time: what was written stands in the file itself. */
    db_close(db);
    db_pool_close(pool);
    must(db_pool_open(str_from_c(url), false, &pool, &e), &e, "open");
    must(db_open(pool, &db, &e), &e, "session");
    measure(db, &p, expander, STR(""), NULL);
    measure(db, &p, expander, space, &question);
    db_close(db);
    db_pool_close(pool);
    arena_free(arena);
    static const char *const left[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < COUNT_OF(left); i++) {
        snprintf(url, sizeof url, "%s/bench_record.db%s", argv[1], left[i]);
        unlink(url);
    }
    return 0;
}
