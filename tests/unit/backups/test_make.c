/* Making backups one behind the other: what each is called, and which are kept. */
#include "test.h"

#include "backups/backups.h"
#include "support/temp_db.h"

#include <stdio.h>
#include <unistd.h>

/* 26/11/2026, 11:25:00.5 */
#define NOW_US INT64_C(1795692300500000)

struct making {
    struct temp_db t;
    struct key root;
    struct blob_store blobs;
    struct backups room;
    char folder[128];
};

static void open_making(struct making *m, int keep) {
    temp_db_open(&m->t);
    memset(m->root.b, 3, sizeof m->root.b);
    snprintf(m->folder, sizeof m->folder, "%s/backups", m->t.dir);
    assert_int_equal(blob_store_init(&m->blobs, m->t.arena, str_from_c(m->t.dir), &m->root, NULL), OK);
    m->room = (struct backups) { .folder = str_from_c(m->folder),
                                 .data_dir = str_from_c(m->t.dir),
                                 .database_url = str_from_c(m->t.url),
                                 .keep = keep,
                                 .root = &m->root,
                                 .blobs = &m->blobs };
}

static struct backup_made make(struct making *m, int64_t now_us) {
    const struct backup_watch nobody = { 0 };
    struct backup_made made;
    assert_int_equal(backup_make(&m->room, m->t.db, m->t.arena, now_us, &nobody, &made, NULL), OK);
    return made;
}

static bool stands(const struct making *m, const struct backup_made *made) {
    char path[sizeof m->folder + BACKUP_NAME_BYTES];
    snprintf(path, sizeof path, "%s/%s", m->folder, made->name);
    return access(path, F_OK) == 0;
}

static void of_one_second_each_has_a_name_of_its_own(void **state) {
    (void)state;
    struct making m = { 0 };
    struct str newest;
    open_making(&m, 2);
    const struct backup_made first = make(&m, NOW_US), second = make(&m, NOW_US + 1);
    assert_string_equal(first.name, "medirecord-20261126T112500Z.mrb");
    assert_string_equal(second.name, "medirecord-20261126T112501Z.mrb");
    assert_true(backup_is_name(str_from_c(second.name)));
    assert_true(stands(&m, &first) && stands(&m, &second));
    assert_int_equal(second.facts.taken_at_us, NOW_US + 1); /* what it holds is of then */
    /* Sorted by name they are sorted by time: the first goes, and the last is the newest. */
    const struct backup_made third = make(&m, NOW_US + 2);
    assert_true(!stands(&m, &first) && stands(&m, &second) && stands(&m, &third));
    assert_int_equal(backup_find(m.t.arena, str_from_c(m.folder), &newest, NULL), OK);
    assert_true(str_ends(newest, str_from_c(third.name)));
    temp_db_close(&m.t);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(of_one_second_each_has_a_name_of_its_own) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
