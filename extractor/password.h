#ifndef EXTRACTOR_PASSWORD_H
#define EXTRACTOR_PASSWORD_H
/*
 * password -- of a locked document, as the program passes it on.
 */
#include "documents/extract_code.h"

#include <stdbool.h>

/* What a person typed; the byte behind it is NUL. Wiped by who used it. */
struct password {
    char text[EXTRACT_PASSWORD_BYTES + 1], latin1[EXTRACT_PASSWORD_BYTES + 1];
};

/* Takes one frame from fd, without waiting for a clock: this process is killed when it takes too long. False: another frame. */
bool password_take(int fd, struct password *);

/* Before PDF 2.0 passwords were not in UTF-8: "é" is one byte in `latin1`. False: that cannot be, or would be the same. */
bool password_old(struct password *);

#endif
