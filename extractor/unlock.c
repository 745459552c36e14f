#include "unlock.h"

#include "password.h"
#include "pieces.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>

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
