#include "reader.h"
#include "content.h"
#include "export.h"
#include "os/frame.h"
#include "role.h"
#include "unlock.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static enum extract_code task_do(const struct reader_request *request, struct sheet *sheet, struct ocr *ocr,
                                 size_t n, struct str beside) {
    if (n == 0) return EXTRACT_EMPTY;
    void *p = mmap(NULL, n, PROT_READ, MAP_PRIVATE, READER_DOCUMENT_FD, 0);
    if (p == MAP_FAILED) return EXTRACT_TOO_COMPLEX;
    const struct str bytes = { p, n };
    switch (request->task) {
    case EXTRACT_TASK_READ: return content_read(sheet, ocr, bytes);
    case EXTRACT_TASK_DRAW: return drawing_send(&request->drawing, bytes, READER_PAGES_FD);
    case EXTRACT_TASK_UNLOCK: return unlock_send(bytes, READER_PAGES_FD);
    case EXTRACT_TASK_EXPORT: return export_send(bytes, beside, READER_PAGES_FD);
    case EXTRACT_TASK_COUNT: break;
    }
    return EXTRACT_INTERNAL;
}

static bool answer(enum extract_code code) {
    char number = (char)code;
    if (code == EXTRACT_OK) return frame_send(READER_PAGES_FD, EXTRACT_FRAME_END, STR(""), NULL) == OK;
    return frame_send(READER_PAGES_FD, EXTRACT_FRAME_FAILED, (struct str) { &number, 1 }, NULL) == OK;
}

/* Asked now, because a closed sandbox knows no stat(); a sealed file cannot change its size. */
static size_t size_of(int fd) {
    struct stat st;

    if (fstat(fd, &st) != 0 || st.st_size < 0) _exit(EXTRACT_EXIT_SANDBOX);
    return (size_t)st.st_size;
}

/* What lies beside the document: claims that the readers share, or pages that nobody changes. */
static char *beside_map(enum extract_task task, size_t n) {
    bool claims = task != EXTRACT_TASK_EXPORT;
    void *p = n == 0 ? MAP_FAILED
                     : mmap(NULL, n, claims ? PROT_READ | PROT_WRITE : PROT_READ,
                            claims ? MAP_SHARED : MAP_PRIVATE, READER_BESIDE_FD, 0);

    if (p == MAP_FAILED || (claims && n != PAGES_MAX)) _exit(EXTRACT_EXIT_SANDBOX);
    close(READER_BESIDE_FD);
    return p;
}

_Noreturn void reader_run(const struct reader_request *request, struct ocr *ocr) {
    struct sheet sheet;
    struct reader_role role;
    size_t bytes_n = size_of(READER_DOCUMENT_FD), beside_n = size_of(READER_BESIDE_FD);
    char *beside = beside_map(request->task, beside_n);

    if (request->task == EXTRACT_TASK_DRAW || request->task == EXTRACT_TASK_EXPORT)
        role_drawer(&role, request->memory_bytes, request->cpu_s);
    else
        role_reader(&role, request->memory_bytes, request->cpu_s);
    signal(SIGPIPE, SIG_IGN);
    models_exit_without_memory(EXTRACT_EXIT_MEMORY);
    if (sandbox_enter(&role.role, NULL) != OK) _exit(EXTRACT_EXIT_SANDBOX);
    if (!sheet_init(&sheet, READER_PAGES_FD)) _exit(EXTRACT_EXIT_MEMORY);
    if (request->task == EXTRACT_TASK_READ) sheet.claims = (unsigned char *)beside;
    if (frame_send(READER_PAGES_FD, EXTRACT_FRAME_READY, STR(""), NULL) != OK) _exit(EXTRACT_EXIT_SANDBOX);
    bool sent = answer(task_do(request, &sheet, ocr, bytes_n, (struct str) { beside, beside_n }));
    /* The memory goes with the process: giving it back piece by piece would only take time. */
    _exit(!sent ? EXTRACT_EXIT_MEMORY : ocr->used ? EXTRACT_EXIT_OK_OCR : EXTRACT_EXIT_OK);
}
