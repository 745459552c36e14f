#include "unlock.h"

#include "base/utf8.h"
#include "os/file.h"
#include "os/frame.h"
#include "os/wire.h"
#include "pieces.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>

enum { HEADER_BYTES = 5 };

/* What the program typed; the byte behind it is NUL. */
struct password {
    char text[EXTRACT_PASSWORD_BYTES + 1], latin1[EXTRACT_PASSWORD_BYTES + 1];
};

/* One frame, read without waiting for a clock: this process is killed when it takes too long. */
static bool password_take(int fd, struct password *out) {
    unsigned char header[HEADER_BYTES];
    size_t got;

    *out = (struct password) { 0 };
    if (fd_read_full(fd, header, sizeof header, &got, NULL) != OK || got != sizeof header) return false;
    struct wire w = wire_of((struct str) { (const char *)header, sizeof header });
    uint32_t length = wire_u32(&w);
    if (wire_u8(&w) != EXTRACT_FRAME_PASSWORD || length < 2 || length - 1 > EXTRACT_PASSWORD_BYTES)
        return false;
    return fd_read_full(fd, out->text, length - 1, &got, NULL) == OK && got == length - 1;
}

/* Before PDF 2.0 passwords were not in UTF-8: "é" is one byte. False: that cannot be, or would be the same. */
static bool password_old(struct password *p) {
    struct str text = str_from_c(p->text);
    size_t n = 0;

    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c > 0xFF) return false;
        p->latin1[n++] = (char)c;
    }
    return n < text.n;
}

/* QPDF is one for each try: a document that was opened once cannot be opened again. */
static enum extract_code document_open(struct str bytes, const char *password, qpdf_data *out) {
    qpdf_data q = qpdf_init();

    *out = q;
    if (!q) return EXTRACT_TOO_COMPLEX;
    qpdf_silence_errors(q);
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    if ((qpdf_read_memory(q, "document", bytes.p, bytes.n, password) & QPDF_ERRORS) == 0) return EXTRACT_OK;
    return qpdf_get_error_code(q, qpdf_get_error(q)) == qpdf_e_password ? EXTRACT_WRONG_PASSWORD
                                                                        : EXTRACT_DAMAGED;
}

static enum extract_code document_open_with(struct str bytes, struct password *p, qpdf_data *out) {
    enum extract_code code = document_open(bytes, p->text, out);

    if (code == EXTRACT_WRONG_PASSWORD && password_old(p)) {
        qpdf_cleanup(out);
        code = document_open(bytes, p->latin1, out);
    }
    explicit_bzero(p, sizeof *p);
    return code;
}

enum extract_code unlock_send(struct str bytes, int fd) {
    struct password password;
    qpdf_data q = NULL;

    if (!password_take(fd, &password)) return EXTRACT_INTERNAL;
    enum extract_code code = document_open_with(bytes, &password, &q);
    if (code == EXTRACT_OK) code = pieces_send_pdf(q, fd);
    if (q) qpdf_cleanup(&q);
    return code;
}
