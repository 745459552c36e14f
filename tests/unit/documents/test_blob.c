#include "test.h"

#include "documents/blob.h"
#include "os/file.h"
#include "support/temp_db.h"

#include <stdlib.h>
#include <unistd.h>

/* Two full pieces and a bit: every way in which a piece can end. */
enum { BIG = 2 * 64 * 1024 + 17 };

static struct blob_store open_store(struct temp_db *t) {
    struct key root = { { 9 } };
    struct blob_store store;
    temp_db_open(t);
    assert_int_equal(blob_store_init(&store, t->arena, str_from_c(t->dir), &root, NULL), OK);
    return store;
}

static struct blob write_blob(const struct blob_store *store, struct arena *a, struct str bytes, bool keep) {
    struct blob_writer *w;
    struct blob b;
    assert_int_equal(blob_write_start(store, a, &w, NULL), OK);
    for (size_t at = 0; at < bytes.n; at += 1000)
        assert_int_equal(blob_write(w, str_sub(bytes, at, 1000), NULL), OK);
    assert_int_equal(blob_write_finish(w, &b, NULL), OK);
    if (keep) blob_keep(w);
    return b;
}

/* Reads everything; -1 when it is damaged. */
static int64_t read_blob(const struct blob_store *store, struct arena *a, const struct blob *b, char *out,
                         size_t max) {
    struct blob_reader *r;
    int64_t n, total = 0;
    if (blob_read_start(store, a, str_from_c(b->name), &r, NULL) != OK) return -1;
    while ((n = blob_read(r, out + total, max - (size_t)total)) > 0) total += n;
    return n < 0 ? -1 : total;
}

static void path_of(const struct blob_store *store, const struct blob *b, char path[256]) {
    snprintf(path, 256, "%.*s/%.2s/%s", STR_ARG(store->dir), b->name, b->name);
}

static void what_was_written_is_read_whatever_its_length(void **state) {
    static const size_t sizes[] = { 0, 1, 65535, 65536, 65537, 2 * 65536, BIG };
    static char in[BIG], out[BIG + 1];
    struct temp_db t;
    struct blob_store store = open_store(&t);

    (void)state;
    for (size_t i = 0; i < BIG; i++) in[i] = (char)(i * 31);
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct blob b = write_blob(&store, t.arena, (struct str) { in, sizes[i] }, true);
        assert_int_equal(b.size_bytes, sizes[i]);
        assert_int_equal(read_blob(&store, t.arena, &b, out, sizeof out), sizes[i]);
        assert_memory_equal(in, out, sizes[i]);
    }
    temp_db_close(&t);
}

static void nothing_of_it_stands_on_the_disk_in_clear(void **state) {
    struct temp_db t;
    struct blob_store store = open_store(&t);
    struct blob b = write_blob(&store, t.arena, STR("Paracétamol 500 mg, Awa Ndiaye"), true);
    struct str stored;
    char path[256];

    (void)state;
    path_of(&store, &b, path);
    assert_int_equal(file_read(t.arena, path, 4096, &stored, NULL), OK);
    assert_int_equal(str_find(stored, STR("Awa")), stored.n);
    temp_db_close(&t);
}

static void damage_is_noticed(void **state) {
    static char in[BIG], out[BIG + 1];
    struct temp_db t;
    struct blob_store store = open_store(&t);
    struct blob cut = write_blob(&store, t.arena, (struct str) { in, BIG }, true);
    struct blob swapped = write_blob(&store, t.arena, STR("one"), true),
                other = write_blob(&store, t.arena, STR("two"), true);
    char path[256], path2[256];

    (void)state;
    path_of(&store, &cut, path);
    assert_int_equal(truncate(path, 24 + 2 * (65536 + 17)), 0); /* whole pieces, but not the last one */
    assert_int_equal(read_blob(&store, t.arena, &cut, out, sizeof out), -1);
    path_of(&store, &swapped, path);
    path_of(&store, &other, path2);
    assert_int_equal(rename(path2, path), 0); /* another blob under this name */
    assert_int_equal(read_blob(&store, t.arena, &swapped, out, sizeof out), -1);
    assert_int_equal(read_blob(&store, t.arena, &other, out, sizeof out), -1); /* gone */
    temp_db_close(&t);
}

static void equal_originals_have_equal_hashes_and_unkept_ones_go(void **state) {
    struct temp_db t;
    struct blob_store store = open_store(&t);
    struct arena *request = arena_new(1 << 20);
    struct blob a = write_blob(&store, t.arena, STR("same"), true),
                b = write_blob(&store, request, STR("same"), false);
    char path[256], out[16];

    (void)state;
    assert_memory_equal(a.content.b, b.content.b, HASH_BYTES);
    assert_string_not_equal(a.name, b.name);
    path_of(&store, &b, path);
    assert_int_equal(access(path, F_OK), 0);
    arena_free(request);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(read_blob(&store, t.arena, &a, out, sizeof out), 4);
    assert_int_equal(blob_remove(&store, str_from_c(a.name), NULL), OK);
    assert_int_equal(blob_remove(&store, str_from_c(a.name), NULL), OK);
    temp_db_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read_whatever_its_length),
        cmocka_unit_test(nothing_of_it_stands_on_the_disk_in_clear),
        cmocka_unit_test(damage_is_noticed),
        cmocka_unit_test(equal_originals_have_equal_hashes_and_unkept_ones_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
