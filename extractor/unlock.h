#ifndef EXTRACTOR_UNLOCK_H
#define EXTRACTOR_UNLOCK_H
/*
 * unlock -- a PDF as it would be without its password, by libqpdf: the same objects and streams, in the clear.
 */
#include "base/base.h"
#include "documents/extract_code.h"

/*
 * Takes one frame with the password from fd, and sends the PDF to it in pieces. The password is wiped before the
 * first of them. EXTRACT_WRONG_PASSWORD, EXTRACT_DAMAGED.
 */
enum extract_code unlock_send(struct str bytes, int fd);

#endif
