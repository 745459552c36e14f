#include "keeper.h"
#include "documents/extract_code.h"
#include "os/file.h"
#include "os/frame.h"
#include "os/wire.h"
#include "reader.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Without work for so long the keeper ends and gives its memory back; the program starts another when it
 * needs one.
 */
enum { READERS_MAX = 64, IDLE_MS = 5 * 60 * 1000 };

struct keeper {
    struct ocr *ocr;
    int signals; /* SIGCHLD */
    struct {
        pid_t pid;
        int status_fd;
    } readers[READERS_MAX];
    nfds_t count;
};

/* In the new process: only the document, the page socket, what lies beside the document and /dev/null stay open. */
static _Noreturn void reader_become(const struct reader_request *request, struct ocr *ocr, int document,
                                    int pages, int beside) {
    sigset_t none;
    int at_document = dup(document), at_pages = dup(pages), at_beside = dup(beside);

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (at_document < 0 || at_pages < 0 || at_beside < 0 || dup2(at_document, READER_DOCUMENT_FD) < 0 ||
        dup2(at_pages, READER_PAGES_FD) < 0 || dup2(at_beside, READER_BESIDE_FD) < 0 ||
        close_range(READER_BESIDE_FD + 1, ~0U, 0) != 0)
        _exit(EXTRACT_EXIT_SANDBOX);
    reader_run(request, ocr);
}

/* What the program asks for was checked there; a mistake of ours must still not make a picture without end. */
static bool request_parse(struct str packet, struct reader_request *out) {
    struct wire w = wire_of(packet);
    struct drawing *d = &out->drawing;

    if (wire_u8(&w) != EXTRACT_PROTOCOL) return false;
    out->task = (enum extract_task)wire_u8(&w);
    out->memory_bytes = (size_t)wire_u64(&w);
    out->cpu_s = wire_u32(&w);
    d->page = (int)wire_u32(&w);
    d->width = (int)wire_u32(&w);
    d->height = (int)wire_u32(&w);
    if (!turn_wire_read(&w, &d->turn) || !wire_end(&w)) return false;
    return out->task < EXTRACT_TASK_COUNT && (out->task != EXTRACT_TASK_DRAW || drawing_is_sound(d));
}

/* Takes the descriptors. */
static void request_start(struct keeper *k, struct str packet, int *fds, size_t fd_count) {
    struct reader_request request;
    pid_t pid = -1;

    bool good = fd_count == EXTRACT_REQUEST_FDS && k->count < READERS_MAX && request_parse(packet, &request);
    if (good) pid = fork();
    if (pid == 0) reader_become(&request, k->ocr, fds[0], fds[1], fds[3]);
    if (pid > 0) {
        k->readers[k->count].pid = pid;
        k->readers[k->count++].status_fd = fds[2];
        fds[2] = -1;
    }
    for (size_t i = 0; i < fd_count; i++) fd_close(&fds[i]);
}

static void reader_forget(struct keeper *k, nfds_t i) {
    fd_close(&k->readers[i].status_fd);
    k->readers[i] = k->readers[--k->count];
}

/*
 * Tells the program how a reader ended. The first document that needed the OCR makes the keeper load it for
 * the next ones.
 */
static void readers_reap(struct keeper *k) {
    struct signalfd_siginfo info;
    int status;
    pid_t pid;
    bool load = false;

    while (read(k->signals, &info, sizeof info) < 0 && errno == EINTR) {
    }
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        for (nfds_t i = 0; i < k->count; i++) {
            if (k->readers[i].pid != pid) continue;
            char word[4] = { (char)(status >> 24), (char)(status >> 16), (char)(status >> 8), (char)status };
            ssize_t n = write(k->readers[i].status_fd, word, sizeof word);
            (void)n; /* the program may have lost interest */
            reader_forget(k, i);
            break;
        }
        load |= WIFEXITED(status) && WEXITSTATUS(status) == EXTRACT_EXIT_OK_OCR;
    }
    if (load) ocr_load(k->ocr);
}

/* Waits for a request, the end of a reader, or a program that wants one killed. False: leave. */
static bool keeper_turn(struct keeper *k) {
    struct pollfd polls[2 + READERS_MAX] = { { .fd = KEEPER_CONTROL_FD, .events = POLLIN },
                                             { .fd = k->signals, .events = POLLIN } };
    nfds_t count = k->count;

    for (nfds_t i = 0; i < count; i++)
        polls[2 + i] = (struct pollfd) { .fd = k->readers[i].status_fd, .events = POLLIN };
    int ready = poll(polls, 2 + count, count == 0 ? IDLE_MS : -1);
    if (ready < 0) return errno == EINTR;
    if (ready == 0) return false;
    /*
     * The status socket carries nothing towards us: readable means closed. The reader is reaped on its
     * SIGCHLD.
     */
    for (nfds_t i = 0; i < count; i++)
        if (polls[2 + i].revents) kill(k->readers[i].pid, SIGKILL);
    if (polls[1].revents) readers_reap(k);
    if (polls[0].revents) {
        char packet[FRAME_PACKET_MAX];
        int fds[FRAME_FDS_MAX];
        size_t n, fd_count;
        if (packet_receive(KEEPER_CONTROL_FD, packet, &n, fds, &fd_count, NULL) != OK) return false;
        request_start(k, (struct str) { packet, n }, fds, fd_count);
    }
    return true;
}

int keeper_run(struct ocr *ocr) {
    struct keeper k = { .ocr = ocr };
    sigset_t child;

    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    if (sigprocmask(SIG_BLOCK, &child, NULL) != 0) return 1;
    k.signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    if (k.signals < 0) return 1;
    while (keeper_turn(&k)) {
    }
    for (nfds_t i = 0; i < k.count; i++) kill(k.readers[i].pid, SIGKILL);
    while (wait(NULL) > 0 || errno == EINTR) {
    }
    return 0;
}
