#include "test.h"

#include "base/clock.h"
#include "os/file.h"
#include "os/frame.h"

#include <pthread.h>
#include <unistd.h>

static struct frame_wait soon(void) {
    return (struct frame_wait) { clock_monotonic_us() + 10 * SECOND_US, NULL };
}

static void frames_arrive_in_order(void **state) {
    (void)state;
    int pair[2];
    struct buf b;
    uint8_t kind = 0;
    struct frame_wait wait = soon();
    buf_init(&b, 100);
    assert_int_equal(socket_pair(false, pair, NULL), OK);
    assert_int_equal(frame_send(pair[0], 7, STR("seven"), NULL), OK);
    assert_int_equal(frame_send(pair[0], 8, STR(""), NULL), OK);
    fd_close(&pair[0]);
    assert_int_equal(frame_receive(pair[1], &wait, &b, &kind, NULL), OK);
    assert_int_equal(kind, 7);
    assert_str_equal(buf_str(&b), STR("seven"));
    assert_int_equal(frame_receive(pair[1], &wait, &b, &kind, NULL), OK);
    assert_int_equal(kind, 8);
    assert_int_equal(b.n, 0);
    assert_int_equal(frame_receive(pair[1], &wait, &b, &kind, NULL), E_NOT_FOUND);
    fd_close(&pair[1]);
    buf_done(&b);
}

struct big {
    int fd;
    struct str bytes;
    enum status sent;
};

static void *send_big(void *arg) {
    struct big *big = arg;
    big->sent = frame_send(big->fd, 1, big->bytes, NULL);
    return NULL;
}

static void a_frame_larger_than_the_socket_arrives_whole(void **state) {
    (void)state;
    static char many[3 * 1000 * 1000];
    struct big big = { .bytes = { many, sizeof many } };
    struct frame_wait wait = soon();
    struct buf b;
    pthread_t thread;
    uint8_t kind;
    int pair[2];
    for (size_t i = 0; i < sizeof many; i++) many[i] = (char)(i * 7 % 251);
    buf_init(&b, sizeof many);
    assert_int_equal(socket_pair(false, pair, NULL), OK);
    big.fd = pair[0];
    assert_int_equal(pthread_create(&thread, NULL, send_big, &big), 0);
    assert_int_equal(frame_receive(pair[1], &wait, &b, &kind, NULL), OK);
    pthread_join(thread, NULL);
    assert_int_equal(big.sent, OK);
    assert_int_equal(b.n, sizeof many);
    assert_memory_equal(b.p, many, sizeof many);
    fd_close(&pair[0]);
    fd_close(&pair[1]);
    buf_done(&b);
}

static void bad_frames_are_refused(void **state) {
    (void)state;
    static const struct {
        struct str bytes;
        enum status status;
    } cases[] = {
        { { "\0\0\0\x0c\x01", 5 }, E_LIMIT }, /* eleven bytes, ten are the maximum */
        { { "\xff\xff\xff\xff\x01", 5 }, E_LIMIT },
        { { "\0\0\0\0\x01", 5 }, E_INVALID },     /* not even a kind */
        { { "\0\0\0\x05\x01xy", 7 }, E_INVALID }, /* ends within */
        { { "\0\0\0", 3 }, E_INVALID },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int pair[2];
        struct buf b;
        uint8_t kind;
        struct frame_wait wait = soon();
        buf_init(&b, 10);
        assert_int_equal(socket_pair(false, pair, NULL), OK);
        assert_int_equal(write(pair[0], cases[i].bytes.p, cases[i].bytes.n), (ssize_t)cases[i].bytes.n);
        fd_close(&pair[0]);
        assert_int_equal(frame_receive(pair[1], &wait, &b, &kind, NULL), cases[i].status);
        fd_close(&pair[1]);
        buf_done(&b);
    }
}

static void silence_ends_at_the_deadline(void **state) {
    (void)state;
    int pair[2];
    struct buf b;
    uint8_t kind;
    int64_t start = clock_monotonic_us();
    struct frame_wait wait = { start + 50 * 1000, NULL };
    buf_init(&b, 10);
    assert_int_equal(socket_pair(false, pair, NULL), OK);
    assert_int_equal(frame_receive(pair[1], &wait, &b, &kind, NULL), E_RETRY);
    assert_true(clock_monotonic_us() - start >= 50 * 1000);
    fd_close(&pair[0]);
    fd_close(&pair[1]);
    buf_done(&b);
}

static void a_stopping_program_does_not_wait(void **state) {
    (void)state;
    int pair[2];
    struct buf b;
    uint8_t kind;
    bool stopping = true;
    struct frame_wait wait = { clock_monotonic_us() + 3600 * SECOND_US, &stopping };
    buf_init(&b, 10);
    assert_int_equal(socket_pair(false, pair, NULL), OK);
    assert_int_equal(frame_receive(pair[1], &wait, &b, &kind, NULL), E_RETRY);
    fd_close(&pair[0]);
    fd_close(&pair[1]);
    buf_done(&b);
}

static void packets_carry_descriptors(void **state) {
    (void)state;
    int pair[2], file = -1, fds[FRAME_FDS_MAX];
    char out[FRAME_PACKET_MAX], back[4];
    size_t n, fd_count, got;
    assert_int_equal(memory_file_new(&file, NULL), OK);
    assert_int_equal(fd_write_all(file, STR("abc"), NULL), OK);
    assert_int_equal(socket_pair(true, pair, NULL), OK);
    assert_int_equal(packet_send(pair[0], STR("hello"), &file, 1, NULL), OK);
    assert_int_equal(packet_send(pair[0], STR("again"), NULL, 0, NULL), OK);
    assert_int_equal(packet_receive(pair[1], out, &n, fds, &fd_count, NULL), OK);
    assert_str_equal(((struct str) { out, n }), STR("hello"));
    assert_int_equal(fd_count, 1);
    assert_int_not_equal(fds[0], file);
    assert_int_equal(lseek(fds[0], 0, SEEK_SET), 0);
    assert_int_equal(fd_read_full(fds[0], back, sizeof back, &got, NULL), OK);
    assert_str_equal(((struct str) { back, got }), STR("abc"));
    fd_close(&fds[0]);
    assert_int_equal(packet_receive(pair[1], out, &n, fds, &fd_count, NULL), OK);
    assert_int_equal(fd_count, 0);
    fd_close(&pair[0]);
    assert_int_equal(packet_receive(pair[1], out, &n, fds, &fd_count, NULL), E_NOT_FOUND);
    fd_close(&pair[1]);
    fd_close(&file);
}

static void a_packet_has_a_maximum(void **state) {
    (void)state;
    static char many[FRAME_PACKET_MAX + 1];
    int pair[2];
    assert_int_equal(socket_pair(true, pair, NULL), OK);
    assert_int_equal(packet_send(pair[0], (struct str) { many, sizeof many - 1 }, NULL, 0, NULL), OK);
    assert_int_equal(packet_send(pair[0], (struct str) { many, sizeof many }, NULL, 0, NULL), E_INTERNAL);
    assert_int_equal(packet_send(pair[0], STR(""), NULL, 0, NULL), E_INTERNAL);
    fd_close(&pair[1]);
    assert_int_equal(packet_send(pair[0], STR("x"), NULL, 0, NULL), E_RETRY);
    fd_close(&pair[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_arrive_in_order),
        cmocka_unit_test(a_frame_larger_than_the_socket_arrives_whole),
        cmocka_unit_test(bad_frames_are_refused),
        cmocka_unit_test(silence_ends_at_the_deadline),
        cmocka_unit_test(a_stopping_program_does_not_wait),
        cmocka_unit_test(packets_carry_descriptors),
        cmocka_unit_test(a_packet_has_a_maximum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
