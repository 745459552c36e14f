/*
 * fake_keeper -- speaks to the program like medirecord-extract, and then does what no honest reader does. Which of it stands in the document:
 * its first byte. For the tests of the side that must not believe it.
 */
#include "documents/extract_code.h"
#include "documents/page_wire.h"
#include "os/file.h"
#include "os/frame.h"
#include "os/wire.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static void send(int fd, uint8_t kind, struct str payload) {
    if (frame_send(fd, kind, payload, NULL) != OK) _exit(3);
}

static void send_failed(int fd, int code) {
    char byte = (char)code;
    send(fd, EXTRACT_FRAME_FAILED, (struct str) { &byte, 1 });
}

static void send_total_of(int fd, const struct page_wire_total *total) {
    struct buf b;
    buf_init(&b, 1000);
    page_wire_put_total(&b, total);
    send(fd, EXTRACT_FRAME_TOTAL, buf_str(&b));
    buf_done(&b);
}

static void send_total(int fd, uint32_t pages) {
    send_total_of(fd, &(struct page_wire_total) { .pages = (int)pages });
}

static void send_page_of(int fd, int number, enum page_wire_source source) {
    struct word words[] = { { { "mot", 3 }, { 0, 0, 10, 10 }, 90, 0 } };
    struct page page = { .number = number, .width = 100, .height = 100, .words = words, .word_count = 1 };
    struct buf b;
    buf_init(&b, 1000);
    page_wire_put(&b, &page, source);
    send(fd, EXTRACT_FRAME_PAGE, buf_str(&b));
    buf_done(&b);
}

static void send_page(int fd, int number) {
    send_page_of(fd, number, PAGE_WIRE_OCR);
}

/* Words that only a doctor can have typed. */
static void send_typed(int fd) {
    send_total(fd, 1);
    send_page_of(fd, 1, PAGE_WIRE_TYPED);
}

/* Until the program has lost its patience and closed the status socket. */
static void hang(int status_fd) {
    char byte;
    if (read(status_fd, &byte, 1) < 0) _exit(3);
}

/* More than the program lets a page have, as fast as it reads. */
static void flood(int fd) {
    static char many[1 << 16];
    char header[] = { 0x7f, 0, 0, 0, EXTRACT_FRAME_PAGE };
    if (fd_write_all(fd, (struct str) { header, sizeof header }, NULL) != OK) _exit(3);
    while (fd_write_all(fd, (struct str) { many, sizeof many }, NULL) == OK) {
    }
    _exit(3);
}

static void play_file(char part, int fd) {
    static char many[EXTRACT_PIECE_BYTES + 1];

    switch (part) {
    case 'u': /* a file, in two pieces */
        send(fd, EXTRACT_FRAME_PIECE, STR("%PDF-1.7 and "));
        send(fd, EXTRACT_FRAME_PIECE, STR("the rest"));
        send(fd, EXTRACT_FRAME_END, STR(""));
        return;
    case 'U': send(fd, EXTRACT_FRAME_PIECE, STR("")); return;
    case '!': send_failed(fd, EXTRACT_WRONG_PASSWORD); return;
    case '+':
        for (;;) /* a file without end */
            send(fd, EXTRACT_FRAME_PIECE, (struct str) { many, EXTRACT_PIECE_BYTES });
    case 'V': /* a piece too large */
        send(fd, EXTRACT_FRAME_PIECE, (struct str) { many, sizeof many });
        return;
    default: _exit(4);
    }
}

enum { TOGETHER = 4 };

/* A program that has lost its patience closes the status socket. Looks at it for a millisecond. */
static void leave_with_program(int status_fd) {
    struct pollfd status = { .fd = status_fd, .events = POLLIN };
    if (poll(&status, 1, 1) != 0) _exit(3);
}

/* Several readers of one document. Who took the first page waits until another reader has come; a bad one takes the second and dies. */
static void work_together(int fd, int status_fd, int claims_fd, bool helper_dies) {
    unsigned char *claims = mmap(NULL, PAGES_MAX, PROT_READ | PROT_WRITE, MAP_SHARED, claims_fd, 0);
    if (claims == MAP_FAILED) _exit(5);
    send_total(fd, TOGETHER);
    for (int n = 1; n <= TOGETHER; n++) {
        if (__atomic_exchange_n(&claims[n - 1], 1, __ATOMIC_RELAXED)) {
            if (n > 1 || !helper_dies) continue;
            claims[1] = 1;
            abort();
        }
        send_page(fd, n);
        while (n == 1 && !__atomic_load_n(&claims[1], __ATOMIC_RELAXED)) leave_with_program(status_fd);
    }
    send(fd, EXTRACT_FRAME_END, STR(""));
}

/* Pages that kill who reads them: all but the good ones. Dies by a signal, or for want of memory. */
static void die_at_pages(int fd, int claims_fd, uint32_t total, const char *good, bool memory) {
    unsigned char *claims = mmap(NULL, PAGES_MAX, PROT_READ | PROT_WRITE, MAP_SHARED, claims_fd, 0);
    if (claims == MAP_FAILED) _exit(5);
    send_total(fd, total);
    for (int n = 1; n <= (int)total; n++) {
        if (__atomic_exchange_n(&claims[n - 1], 1, __ATOMIC_RELAXED)) continue;
        if (good[n - 1] == '-') memory ? _exit(EXTRACT_EXIT_MEMORY) : abort();
        send_page(fd, n);
    }
    send(fd, EXTRACT_FRAME_END, STR(""));
}

/* Documents that are read in part. */
static void play_part(char part, int fd, int claims_fd) {
    switch (part) {
    case '3': die_at_pages(fd, claims_fd, 4, "1-34", false); return;
    case '4': die_at_pages(fd, claims_fd, 4, "12--", true); return;
    case '5': die_at_pages(fd, claims_fd, 9, "---------", false); return;
    case '6': die_at_pages(fd, claims_fd, 9, "1--------", false); return;
    case '8': /* a page of its own and one of a file within it, with a name like a path */
        send_total_of(fd, &(struct page_wire_total) { .pages = 2,
                                                      .left_out = true,
                                                      .files = { { 2, STR("../../a\nb\xff.pdf") } },
                                                      .file_count = 1 });
        send_page(fd, 1);
        send_page(fd, 2);
        send(fd, EXTRACT_FRAME_END, STR(""));
        return;
    default: /* an honest page, and then none */
        send_total(fd, 2);
        send_page(fd, 1);
        send(fd, EXTRACT_FRAME_PAGE, STR("this is not a page"));
    }
}

static void play_picture(char part, int fd) {
    switch (part) {
    case 'P':
        send(fd, EXTRACT_FRAME_PICTURE, STR("\xff\xd8\xff\xd9 and more \xff\xd9"));
        send(fd, EXTRACT_FRAME_END, STR(""));
        return;
    case 'Q': send(fd, EXTRACT_FRAME_PICTURE, STR("<script>alert(1)</script>")); return;
    case 'W':
        send(fd, EXTRACT_FRAME_PICTURE, STR("\xff\xd8\xff\xd9"));
        send(fd, EXTRACT_FRAME_PICTURE, STR("\xff\xd8\xff\xd9"));
        return;
    default: play_file(part, fd);
    }
}

static void play(char part, int fd, int status_fd, int claims_fd) {
    switch (part) {
    case 'g': /* good */
        send_total(fd, 2);
        send_page(fd, 1);
        send_page(fd, 2);
        send(fd, EXTRACT_FRAME_END, STR(""));
        return;
    case 'w': work_together(fd, status_fd, claims_fd, false); return;
    case 'v': work_together(fd, status_fd, claims_fd, true); return;
    case 'l': /* a few honest pages, then silence */
        send_total(fd, 9);
        for (int n = 1; n <= 5; n++) send_page(fd, n);
        hang(status_fd);
        return;
    case 'R': send(fd, EXTRACT_FRAME_READY, STR("")); return;
    case 'D': abort();
    case 'M': _exit(EXTRACT_EXIT_MEMORY);
    case 'h': hang(status_fd); return;
    case 'f': flood(fd); return;
    case 'e': send(fd, EXTRACT_FRAME_END, STR("")); return; /* no page at all */
    case '0': send_total(fd, 0); return;
    case 'm': send_total(fd, PAGES_MAX + 1); return;
    case 'T':
        send_total(fd, 1);
        send_total(fd, 1);
        return;
    case 'o': /* out of order */
        send_total(fd, 2);
        send_page(fd, 2);
        return;
    case '2': /* one page more than said */
        send_total(fd, 1);
        send_page(fd, 1);
        send_page(fd, 2);
        return;
    case '1': /* one page less */
        send_total(fd, 2);
        send_page(fd, 1);
        send(fd, EXTRACT_FRAME_END, STR(""));
        return;
    case 'p': send_page(fd, 1); return; /* a page before their number */
    case 'j':
        send_total(fd, 1);
        send(fd, EXTRACT_FRAME_PAGE, STR("this is not a page"));
        return;
    case 'y': send_typed(fd); return;
    case 'k': send(fd, 77, STR("")); return;
    case 'c': send_failed(fd, EXTRACT_ENCRYPTED); return;
    case 'C': send_failed(fd, 0xee); return;            /* a code of no meaning */
    case 'x': send_failed(fd, EXTRACT_TIMEOUT); return; /* a code that is not its to give */
    default: play_picture(part, fd);
    }
}

static void serve(int document, int pages, int status_fd, int claims_fd) {
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        char part = 0;
        if (pread(document, &part, 1, 0) != 1) _exit(5);
        if (part == 'd') abort();
        if (part == 's') _exit(EXTRACT_EXIT_SANDBOX);
        if (part == 't') send_total(pages, 1); /* before ready */
        send(pages, EXTRACT_FRAME_READY, STR(""));
        if (part >= '3' && part <= '8')
            play_part(part, pages, claims_fd);
        else
            play(part, pages, status_fd, claims_fd);
        _exit(EXTRACT_EXIT_OK);
    }
    close(document);
    close(pages);
    if (pid < 0 || waitpid(pid, &status, 0) != pid) _exit(1);
    char word[4] = { (char)(status >> 24), (char)(status >> 16), (char)(status >> 8), (char)status };
    (void)!fd_write_all(status_fd, (struct str) { word, sizeof word }, NULL);
    close(status_fd);
}

int main(void) {
    char packet[FRAME_PACKET_MAX];
    int fds[FRAME_FDS_MAX];
    size_t n, fd_count;

    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    while (packet_receive(3, packet, &n, fds, &fd_count, NULL) == OK) {
        if (fd_count != EXTRACT_REQUEST_FDS) return 1;
        /* A process of its own for each request, so that readers can be there at the same time. */
        pid_t pid = fork();
        if (pid == 0) {
            close(3);
            serve(fds[0], fds[1], fds[2], fds[3]);
            _exit(0);
        }
        for (size_t i = 0; i < fd_count; i++) close(fds[i]);
    }
    return 0;
}
