#ifndef EXTRACTOR_PIECES_H
#define EXTRACTOR_PIECES_H
/*
 * pieces -- a file that was made, sent to the program (EXTRACT_FRAME_PIECE).
 */
#include "base/base.h"
#include "documents/extract_code.h"

#include <qpdf/qpdf-c.h>

enum extract_code pieces_send(struct str bytes, int fd);

/*
 * A PDF without a password. Streams that are packed stay as they are: a bomb is copied, not blown up. EXTRACT_DAMAGED: it cannot be
 * written, EXTRACT_TOO_COMPLEX: it is larger than EXTRACT_FILE_BYTES. Nothing was sent in both cases.
 */
enum extract_code pieces_send_pdf(qpdf_data, int fd);

#endif
