#include "test.h"

#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct place {
    char dir[64];
    struct arena *arena;
};

static int set_up(void **state) {
    static struct place p;
    memcpy(p.dir, "/tmp/medirecord-file-XXXXXX", 28);
    p.arena = arena_new(1 << 20);
    *state = &p;
    return mkdtemp(p.dir) && p.arena ? 0 : 1;
}

static int tear_down(void **state) {
    struct place *p = *state;
    char command[128];
    snprintf(command, sizeof command, "%s", p->dir);
    pid_t pid = fork();
    if (pid == 0) execlp("rm", "rm", "-rf", command, (char *)NULL);
    arena_free(p->arena);
    return waitpid(pid, NULL, 0) == pid ? 0 : 1;
}

static char *path_in(const struct place *p, const char *name) {
    struct str out;
    assert_true(arena_printf(p->arena, &out, "%s/%s", p->dir, name));
    return arena_cstr(p->arena, out);
}

static void a_folder_is_made_with_its_parents(void **state) {
    struct place *p = *state;
    struct stat st;
    assert_int_equal(dir_make(path_in(p, "a/b/c"), NULL), OK);
    assert_int_equal(stat(path_in(p, "a/b"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_int_equal(dir_make(path_in(p, "a/b/c"), NULL), OK);
    assert_int_equal(dir_sync(path_in(p, "a/b/c"), NULL), OK);
}

static void a_file_in_the_way_of_a_folder_is_said(void **state) {
    struct place *p = *state;
    assert_int_equal(file_write(path_in(p, "x"), STR("1"), 0600, NULL), OK);
    assert_int_equal(dir_make(path_in(p, "x"), NULL), E_INVALID);
    assert_int_not_equal(dir_make(path_in(p, "x/y"), NULL), OK);
}

static void a_file_is_replaced_whole(void **state) {
    struct place *p = *state;
    char *path = path_in(p, "secret");
    struct stat st;
    struct str bytes;
    assert_int_equal(file_write(path, STR("first"), 0600, NULL), OK);
    assert_int_equal(file_write(path, STR("second, longer"), 0640, NULL), OK);
    assert_int_equal(file_read(p->arena, path, 100, &bytes, NULL), OK);
    assert_str_equal(bytes, STR("second, longer"));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    assert_int_equal(rename(path, path_in(p, "moved")), 0);
    assert_int_equal(rmdir(p->dir), -1); /* "moved" is there … */
    assert_int_equal(unlink(path_in(p, "moved")), 0);
    assert_int_equal(rmdir(p->dir), 0); /* … and no temporary file beside it */
}

static void reading_has_a_limit(void **state) {
    struct place *p = *state;
    char *path = path_in(p, "five");
    struct str bytes;
    assert_int_equal(file_write(path, STR("12345"), 0600, NULL), OK);
    assert_int_equal(file_read(p->arena, path, 5, &bytes, NULL), OK);
    assert_int_equal(file_read(p->arena, path, 4, &bytes, NULL), E_LIMIT);
    assert_int_equal(file_read(p->arena, path_in(p, "none"), 5, &bytes, NULL), E_NOT_FOUND);
    assert_int_equal(file_read(p->arena, p->dir, 5, &bytes, NULL), E_INVALID);
}

static void a_lock_is_held_by_one_and_dies_with_it(void **state) {
    struct place *p = *state;
    char *path = path_in(p, "lock");
    struct err e = { 0 };
    int first = -1, second = -1;
    assert_int_equal(file_lock(path, &first, NULL), OK);
    assert_int_equal(file_lock(path, &second, &e), E_CONFLICT);
    assert_int_equal(second, -1);
    assert_non_null(e.message);
    assert_string_equal(e.message->code, "data_in_use");
    fd_close(&first);
    assert_int_equal(first, -1);
    assert_int_equal(file_lock(path, &second, NULL), OK);
    fd_close(&second);
}

static void a_sealed_memory_file_cannot_be_changed(void **state) {
    (void)state;
    char back[8];
    size_t got;
    int fd = -1;
    assert_int_equal(memory_file_new(&fd, NULL), OK);
    assert_int_equal(fd_write_all(fd, STR("fixed"), NULL), OK);
    assert_int_equal(memory_file_seal(fd, NULL), OK);
    assert_int_equal(memory_file_seal(fd, NULL), OK);
    assert_int_equal(write(fd, "x", 1), -1);
    assert_int_equal(errno, EPERM);
    assert_int_equal(ftruncate(fd, 0), -1);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    assert_int_equal(fd_read_full(fd, back, sizeof back, &got, NULL), OK);
    assert_str_equal(((struct str) { back, got }), STR("fixed"));
    fd_close(&fd);
}

static void a_full_disk_has_its_words(void **state) {
    (void)state;
    struct err e = { 0 };
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    if (fd < 0) skip();
    assert_int_equal(fd_write_all(fd, STR("no room"), &e), E_RETRY);
    assert_string_equal(e.message->code, "disk_full");
    close(fd);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        PLACED(a_folder_is_made_with_its_parents),
        PLACED(a_file_in_the_way_of_a_folder_is_said),
        PLACED(a_file_is_replaced_whole),
        PLACED(reading_has_a_limit),
        PLACED(a_lock_is_held_by_one_and_dies_with_it),
        cmocka_unit_test(a_sealed_memory_file_cannot_be_changed),
        cmocka_unit_test(a_full_disk_has_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
