#include "pieces.h"

#include "os/frame.h"

enum extract_code pieces_send(struct str bytes, int fd) {
    while (bytes.n > 0) {
        struct str piece = str_sub(bytes, 0, EXTRACT_PIECE_BYTES);
        if (frame_send(fd, EXTRACT_FRAME_PIECE, piece, NULL) != OK) return EXTRACT_INTERNAL;
        bytes = str_sub(bytes, piece.n, bytes.n);
    }
    return EXTRACT_OK;
}

/* libqpdf writes the number of objects only over one that was there; viewers grumble without it. */
static void size_entry_make(qpdf_data q) {
    qpdf_oh trailer = qpdf_get_trailer(q);

    if (!qpdf_oh_has_key(q, trailer, "/Size"))
        qpdf_oh_replace_key(q, trailer, "/Size", qpdf_oh_new_integer(q, 0));
}

enum extract_code pieces_send_pdf(qpdf_data q, int fd) {
    size_entry_make(q);
    if ((qpdf_init_write_memory(q) & QPDF_ERRORS) != 0) return EXTRACT_DAMAGED;
    qpdf_set_preserve_encryption(q, QPDF_FALSE);
    qpdf_set_decode_level(q, qpdf_dl_none);
    qpdf_set_compress_streams(q, QPDF_TRUE);
    qpdf_set_object_stream_mode(q, qpdf_o_preserve);
    if ((qpdf_write(q) & QPDF_ERRORS) != 0) return EXTRACT_DAMAGED;
    struct str bytes = { (const char *)qpdf_get_buffer(q), qpdf_get_buffer_length(q) };
    return bytes.n > EXTRACT_FILE_BYTES ? EXTRACT_TOO_COMPLEX : pieces_send(bytes, fd);
}
