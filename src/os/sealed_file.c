#include "os/sealed_file.h"

#include "base/secret_stream.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* On the disk: the header of a stream of one piece, then that piece. */
enum {
    EXTRA_BYTES = SECRET_HEADER_BYTES + SECRET_EXTRA_BYTES,
    SLOT_BYTES = SEALED_BLOCK_BYTES + EXTRA_BYTES
};

static enum status fail_io(struct err *e, const char *what) {
    return fail_errno(e, errno == ENOSPC || errno == EDQUOT || errno == EIO ? E_RETRY : E_INTERNAL, NULL,
                      "could not %s a scratch file", what);
}

/* A block belongs to its place: its key is that of the place. */
static struct key block_key(const struct sealed_file *f, uint64_t block) {
    return crypto_derive(&f->key, "scratch ", block);
}

static off_t slot_at(uint64_t block) {
    return (off_t)(block * SLOT_BYTES);
}

static enum status read_slot(int fd, off_t at, unsigned char slot[SLOT_BYTES], size_t *got, struct err *e) {
    size_t n = 0;
    while (n < SLOT_BYTES) {
        ssize_t part = pread(fd, slot + n, SLOT_BYTES - n, at + (off_t)n);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return fail_io(e, "read");
        if (part == 0) break;
        n += (size_t)part;
    }
    *got = n;
    return OK;
}

/* *n is 0 behind the end. */
static enum status read_block(const struct sealed_file *f, uint64_t block,
                              unsigned char plain[SEALED_BLOCK_BYTES], size_t *n, struct err *e) {
    unsigned char slot[SLOT_BYTES];
    struct secret_stream open;
    size_t got = 0;
    bool last = false;
    enum status s = read_slot(f->fd, slot_at(block), slot, &got, e);

    *n = 0;
    if (s != OK || got == 0) return s;
    struct key k = block_key(f, block);
    struct str sealed = { (const char *)slot + SECRET_HEADER_BYTES, got - SECRET_HEADER_BYTES };
    bool ours = got > EXTRA_BYTES && secret_open_start(&open, &k, slot) &&
                secret_open(&open, sealed, plain, n, &last) && last;
    crypto_wipe(&k, sizeof k);
    crypto_wipe(&open, sizeof open);
    return ours ? OK : fail(e, E_INTERNAL, NULL, "a block of a scratch file is damaged");
}

static enum status write_block(const struct sealed_file *f, uint64_t block, struct str plain, struct err *e) {
    unsigned char slot[SLOT_BYTES];
    struct secret_stream seal;
    struct key k = block_key(f, block);

    secret_seal_start(&seal, &k, slot);
    size_t n = SECRET_HEADER_BYTES + secret_seal(&seal, plain, true, slot + SECRET_HEADER_BYTES);
    crypto_wipe(&k, sizeof k);
    crypto_wipe(&seal, sizeof seal);
    for (size_t done = 0; done < n;) {
        ssize_t part = pwrite(f->fd, slot + done, n - done, slot_at(block) + (off_t)done);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return fail_io(e, "write");
        done += (size_t)part;
    }
    return OK;
}

enum status sealed_file_size(const struct sealed_file *f, uint64_t *bytes, struct err *e) {
    struct stat st;
    if (fstat(f->fd, &st) != 0) return fail_io(e, "measure");
    uint64_t whole = (uint64_t)st.st_size / SLOT_BYTES, rest = (uint64_t)st.st_size % SLOT_BYTES;
    *bytes = whole * SEALED_BLOCK_BYTES + (rest > EXTRA_BYTES ? rest - EXTRA_BYTES : 0);
    return OK;
}

enum status sealed_file_read(const struct sealed_file *f, uint64_t at, void *out, size_t n, size_t *got,
                             struct err *e) {
    unsigned char plain[SEALED_BLOCK_BYTES];
    size_t done = 0, have = SEALED_BLOCK_BYTES;
    enum status s = OK;

    while (done < n && have == SEALED_BLOCK_BYTES) {
        uint64_t block = (at + done) / SEALED_BLOCK_BYTES;
        size_t from = (at + done) % SEALED_BLOCK_BYTES;
        if ((s = read_block(f, block, plain, &have, e)) != OK) break;
        size_t part = have > from ? have - from : 0;
        if (part > n - done) part = n - done;
        if (part) memcpy((char *)out + done, plain + from, part);
        done += part;
        if (from + part < have) break; /* enough */
    }
    crypto_wipe(plain, sizeof plain);
    *got = done;
    return s;
}

/* Into one block. */
static enum status write_within(const struct sealed_file *f, uint64_t block, size_t from, struct str bytes,
                                struct err *e) {
    unsigned char plain[SEALED_BLOCK_BYTES];
    size_t have = 0;
    enum status s = OK;

    if (bytes.n == SEALED_BLOCK_BYTES) return write_block(f, block, bytes, e);
    if ((s = read_block(f, block, plain, &have, e)) == OK) {
        if (have < from) memset(plain + have, 0, from - have);
        memcpy(plain + from, bytes.p, bytes.n);
        if (have < from + bytes.n) have = from + bytes.n;
        s = write_block(f, block, (struct str) { (const char *)plain, have }, e);
    }
    crypto_wipe(plain, sizeof plain);
    return s;
}

/* Zeros from the end up to `at`, so that only the last block is short. */
static enum status fill_gap(const struct sealed_file *f, uint64_t at, struct err *e) {
    static const char zeros[SEALED_BLOCK_BYTES];
    uint64_t end;
    enum status s = sealed_file_size(f, &end, e);

    while (s == OK && end < at) {
        size_t from = end % SEALED_BLOCK_BYTES, part = SEALED_BLOCK_BYTES - from;
        if (part > at - end) part = (size_t)(at - end);
        s = write_within(f, end / SEALED_BLOCK_BYTES, from, (struct str) { zeros, part }, e);
        end += part;
    }
    return s;
}

enum status sealed_file_write(const struct sealed_file *f, uint64_t at, struct str bytes, struct err *e) {
    enum status s = fill_gap(f, at, e);

    while (s == OK && bytes.n > 0) {
        size_t from = at % SEALED_BLOCK_BYTES, part = SEALED_BLOCK_BYTES - from;
        if (part > bytes.n) part = bytes.n;
        s = write_within(f, at / SEALED_BLOCK_BYTES, from, str_sub(bytes, 0, part), e);
        bytes = str_sub(bytes, part, bytes.n);
        at += part;
    }
    return s;
}

enum status sealed_file_cut(const struct sealed_file *f, uint64_t bytes, struct err *e) {
    unsigned char plain[SEALED_BLOCK_BYTES];
    uint64_t block = bytes / SEALED_BLOCK_BYTES;
    size_t keep = bytes % SEALED_BLOCK_BYTES, have = 0;
    enum status s = keep ? read_block(f, block, plain, &have, e) : OK;

    if (s == OK && ftruncate(f->fd, slot_at(block)) != 0) s = fail_io(e, "cut");
    if (s == OK && keep)
        s = write_block(f, block, (struct str) { (const char *)plain, keep < have ? keep : have }, e);
    crypto_wipe(plain, sizeof plain);
    return s;
}
