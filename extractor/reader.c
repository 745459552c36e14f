#include "reader.h"
#include "documents/file_type.h"
#include "os/frame.h"
#include "office.h"
#include "pdf.h"
#include "picture.h"
#include "plain_text.h"
#include "role.h"
#include "unlock.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static enum extract_code bytes_read(struct sheet *sheet, struct ocr *ocr, struct str bytes) {
    enum file_type type = file_type_of(bytes);

    switch (type) {
    case FILE_PDF: return pdf_read(sheet, ocr, bytes);
    case FILE_TEXT: return plain_text_read(sheet, bytes);
    case FILE_DOCX:
    case FILE_ODT:
    case FILE_OLE: return office_read(sheet, type, bytes);
    case FILE_PNG:
    case FILE_JPEG:
    case FILE_TIFF:
    case FILE_WEBP:
    case FILE_BMP:
    case FILE_HEIC: return picture_read(sheet, ocr, type, bytes);
    case FILE_UNKNOWN:
    case FILE_TYPE_COUNT: break;
    }
    return EXTRACT_UNSUPPORTED;
}

static enum extract_code task_do(const struct reader_request *request, struct sheet *sheet, struct ocr *ocr,
                                 size_t n) {
    if (n == 0) return EXTRACT_EMPTY;
    void *p = mmap(NULL, n, PROT_READ, MAP_PRIVATE, READER_DOCUMENT_FD, 0);
    if (p == MAP_FAILED) return EXTRACT_TOO_COMPLEX;
    const struct str bytes = { p, n };
    switch (request->task) {
    case EXTRACT_TASK_READ: return bytes_read(sheet, ocr, bytes);
    case EXTRACT_TASK_DRAW: return drawing_send(&request->drawing, bytes, READER_PAGES_FD);
    case EXTRACT_TASK_UNLOCK: return unlock_send(bytes, READER_PAGES_FD);
    case EXTRACT_TASK_COUNT: break;
    }
    return EXTRACT_INTERNAL;
}

static bool answer(enum extract_code code) {
    char number = (char)code;
    if (code == EXTRACT_OK) return frame_send(READER_PAGES_FD, EXTRACT_FRAME_END, STR(""), NULL) == OK;
    return frame_send(READER_PAGES_FD, EXTRACT_FRAME_FAILED, (struct str) { &number, 1 }, NULL) == OK;
}

_Noreturn void reader_run(const struct reader_request *request, struct ocr *ocr) {
    struct sheet sheet;
    struct reader_role role;
    struct stat st;

    unsigned char *claims = mmap(NULL, PAGES_MAX, PROT_READ | PROT_WRITE, MAP_SHARED, READER_CLAIMS_FD, 0);
    close(READER_CLAIMS_FD);
    if (claims == MAP_FAILED) _exit(EXTRACT_EXIT_SANDBOX);
    /* Asked now, because a closed sandbox knows no stat(); a sealed file cannot change its size. */
    if (fstat(READER_DOCUMENT_FD, &st) != 0 || st.st_size < 0) _exit(EXTRACT_EXIT_SANDBOX);
    if (request->task == EXTRACT_TASK_DRAW)
        role_drawer(&role, request->memory_bytes, request->cpu_s);
    else
        role_reader(&role, request->memory_bytes, request->cpu_s);
    signal(SIGPIPE, SIG_IGN);
    models_exit_without_memory(EXTRACT_EXIT_MEMORY);
    if (sandbox_enter(&role.role, NULL) != OK) _exit(EXTRACT_EXIT_SANDBOX);
    if (!sheet_init(&sheet, READER_PAGES_FD)) _exit(EXTRACT_EXIT_MEMORY);
    sheet.claims = claims;
    if (frame_send(READER_PAGES_FD, EXTRACT_FRAME_READY, STR(""), NULL) != OK) _exit(EXTRACT_EXIT_SANDBOX);
    bool sent = answer(task_do(request, &sheet, ocr, (size_t)st.st_size));
    /* The memory goes with the process: giving it back piece by piece would only take time. */
    _exit(!sent ? EXTRACT_EXIT_MEMORY : ocr->used ? EXTRACT_EXIT_OK_OCR : EXTRACT_EXIT_OK);
}
