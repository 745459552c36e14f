#include "password.h"

#include "base/utf8.h"
#include "os/file.h"
#include "os/wire.h"

enum { HEADER_BYTES = 5 };

bool password_take(int fd, struct password *out) {
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

bool password_old(struct password *p) {
    struct str text = str_from_c(p->text);
    size_t n = 0;

    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c > 0xFF) return false;
        p->latin1[n++] = (char)c;
    }
    return n < text.n;
}
