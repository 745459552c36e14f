#include "test.h"

#include "backups/archive.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BIG_BYTES = 150 * 1000, FILE_MAX = 200 * 1024, ARENA_BYTES = 4 * 1024 * 1024 };

static struct key root_key(unsigned char fill) {
    struct key k;
    memset(k.b, fill, sizeof k.b);
    return k;
}

static void write_archive(struct arena *a, const char *path, size_t big_bytes) {
    static char big[BIG_BYTES];
    struct key root = root_key(7);
    struct archive_writer *w;
    uint64_t bytes;

    for (size_t i = 0; i < big_bytes; i++) big[i] = (char)(i * 31);
    assert_int_equal(archive_create(a, path, &root, &w, NULL), OK);
    assert_int_equal(archive_begin(w, ARCHIVE_FACTS, STR(""), 2, NULL), OK);
    assert_int_equal(archive_add(w, STR("{}"), NULL), OK);
    assert_int_equal(archive_begin(w, ARCHIVE_DATABASE, STR(""), big_bytes, NULL), OK);
    assert_int_equal(archive_begin(w, ARCHIVE_BLOB, STR("x"), 1, NULL), E_INTERNAL); /* one after the other */
    assert_int_equal(archive_add(w, (struct str) { big, big_bytes }, NULL), OK);
    assert_int_equal(archive_add(w, STR("y"), NULL), E_INTERNAL);
    assert_int_equal(archive_begin(w, ARCHIVE_MISSING, STR("abc"), 0, NULL), OK);
    assert_int_equal(archive_close(w, &bytes, NULL), OK);
}

/* Reads it to its end; the status that it ends with. */
static enum status read_archive(struct arena *a, const char *path, unsigned char fill, uint64_t *sum) {
    struct key root = root_key(fill);
    struct archive_entry entry = { 0 };
    struct archive_reader *r;
    unsigned char piece[1000];
    size_t got;
    enum status s = archive_open(a, path, &root, &r, NULL);

    while (s == OK && (s = archive_next(r, &entry, NULL)) == OK && entry.kind != ARCHIVE_END) {
        *sum = *sum * 31 + (uint64_t)entry.kind + strlen(entry.name);
        while ((s = archive_read(r, piece, sizeof piece, &got, NULL)) == OK && got > 0)
            for (size_t i = 0; i < got; i++) *sum = *sum * 31 + piece[i];
    }
    return s;
}

struct place {
    char dir[64], path[96];
    struct arena *arena;
};

static struct place open_place(void) {
    struct place p = { .dir = "/tmp/test_archive_XXXXXX", .arena = arena_new(ARENA_BYTES) };
    assert_int_equal(crypto_init(NULL), OK);
    assert_non_null(mkdtemp(p.dir));
    snprintf(p.path, sizeof p.path, "%s/a", p.dir);
    return p;
}

static void close_place(struct place *p) {
    arena_free(p->arena);
    unlink(p->path);
    rmdir(p->dir);
}

static void what_was_written_is_read(void **state) {
    (void)state;
    struct place p = open_place();
    uint64_t one = 0, two = 0;

    write_archive(p.arena, p.path, BIG_BYTES);
    assert_int_equal(read_archive(p.arena, p.path, 7, &one), OK);
    assert_int_equal(unlink(p.path), 0);
    write_archive(p.arena, p.path, BIG_BYTES);
    assert_int_equal(read_archive(p.arena, p.path, 7, &two), OK);
    assert_int_equal(one, two);
    assert_int_equal(read_archive(p.arena, p.path, 8, &two), E_INVALID); /* another key */
    close_place(&p);
}

static size_t slurp(const char *path, unsigned char *out) {
    int fd = open(path, O_RDONLY);
    ssize_t n = read(fd, out, FILE_MAX);
    close(fd);
    assert_true(n > 0);
    return (size_t)n;
}

static void spit(const char *path, const unsigned char *bytes, size_t n) {
    int fd = open(path, O_WRONLY | O_TRUNC);
    assert_int_equal(write(fd, bytes, n), (ssize_t)n);
    close(fd);
}

/* A small one: every byte, every length. */
static void no_byte_changes_and_none_is_missing_unnoticed(void **state) {
    (void)state;
    static unsigned char bytes[FILE_MAX];
    struct place p = open_place();
    uint64_t sum = 0;

    write_archive(p.arena, p.path, 300);
    size_t n = slurp(p.path, bytes);
    for (size_t i = 0; i < n; i++) {
        bytes[i] ^= 0x40;
        spit(p.path, bytes, n);
        assert_int_equal(read_archive(p.arena, p.path, 7, &sum), E_INVALID);
        bytes[i] ^= 0x40;
        arena_reset(p.arena);
    }
    for (size_t i = 0; i < n; i++) {
        spit(p.path, bytes, i);
        assert_int_equal(read_archive(p.arena, p.path, 7, &sum), E_INVALID);
        arena_reset(p.arena);
    }
    bytes[n] = 0;
    spit(p.path, bytes, n + 1);
    assert_int_equal(read_archive(p.arena, p.path, 7, &sum), E_INVALID);
    spit(p.path, bytes, n);
    assert_int_equal(read_archive(p.arena, p.path, 7, &sum), OK);
    close_place(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(what_was_written_is_read),
                                        cmocka_unit_test(no_byte_changes_and_none_is_missing_unnoticed) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
