#include "http/zip_stream.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

enum { PIECE_MAX_BYTES = 1 << 20, READ_BYTES = 64 * 1024, FILE_MODE = 0644 };

static la_ssize_t take_packed(struct archive *archive, void *ctx, const void *bytes, size_t n) {
    struct zip_stream *z = ctx;
    if (z->is_over) return (la_ssize_t)n; /* cut off: nothing more is written */
    buf_add(&z->piece, (struct str) { bytes, n });
    if (buf_ok(&z->piece)) return (la_ssize_t)n;
    archive_set_error(archive, EMSGSIZE, "a piece is too large");
    return -1;
}

static bool begin_file(struct zip_stream *z, const struct zip_file *f) {
    int set = f->pack ? archive_write_zip_set_compression_deflate(z->archive)
                      : archive_write_zip_set_compression_store(z->archive);
    archive_entry_clear(z->entry);
    archive_entry_set_pathname(z->entry, f->name);
    archive_entry_set_size(z->entry, f->size_bytes);
    archive_entry_set_filetype(z->entry, AE_IFREG);
    archive_entry_set_perm(z->entry, FILE_MODE);
    archive_entry_set_mtime(z->entry, (time_t)(f->time_us / SECOND_US), 0);
    z->left_bytes = f->size_bytes;
    z->inside = true;
    return set == ARCHIVE_OK && archive_write_header(z->archive, z->entry) == ARCHIVE_OK;
}

/* Some bytes of the file, or its end. */
static bool pack_some(struct zip_stream *z) {
    char bytes[READ_BYTES];
    int64_t n = z->read(z, bytes, sizeof bytes);
    if (n < 0 || n > z->left_bytes) return false;
    if (n == 0) {
        z->inside = false;
        return z->left_bytes == 0 && archive_write_finish_entry(z->archive) == ARCHIVE_OK;
    }
    z->left_bytes -= n;
    return archive_write_data(z->archive, bytes, (size_t)n) == n;
}

static bool step(struct zip_stream *z) {
    struct zip_file file = { 0 };
    if (z->inside) return pack_some(z);
    enum status s = z->next(z, &file);
    if (s == OK) return begin_file(z, &file);
    if (s != E_NOT_FOUND) return false;
    z->ended = true;
    return archive_write_close(z->archive) == ARCHIVE_OK;
}

static int64_t read_zip(void *ctx, char *out, size_t max) {
    struct zip_stream *z = ctx;

    if (z->sent == z->piece.n) {
        buf_clear(&z->piece);
        z->sent = 0;
        while (z->piece.n == 0 && !z->ended)
            if (!step(z)) return -1;
    }
    size_t n = z->piece.n - z->sent < max ? z->piece.n - z->sent : max;
    if (n) memcpy(out, z->piece.p + z->sent, n);
    z->sent += n;
    return (int64_t)n;
}

static void zip_done(void *ctx) {
    struct zip_stream *z = ctx;
    z->is_over = true;
    /* It closes what was not closed. archive_write_fail() before would leave its buffers behind. */
    if (z->archive) archive_write_free(z->archive);
    archive_entry_free(z->entry);
    buf_done(&z->piece);
    z->done(z);
}

static enum status open_archive(struct zip_stream *z, struct err *e) {
    buf_init(&z->piece, PIECE_MAX_BYTES);
    z->archive = archive_write_new();
    z->entry = archive_entry_new();
    bool ok = z->archive && z->entry && archive_write_set_format_zip(z->archive) == ARCHIVE_OK &&
              archive_write_set_bytes_per_block(z->archive, 0) == ARCHIVE_OK &&
              archive_write_open2(z->archive, z, NULL, take_packed, NULL, NULL) == ARCHIVE_OK;
    return ok ? OK : fail(e, E_INTERNAL, NULL, "an archive cannot be started");
}

enum status zip_stream_start(struct zip_stream *z, struct reply *re, struct err *e) {
    enum status s = open_archive(z, e);
    if (s != OK) {
        zip_done(z);
        return s;
    }
    re->type = "application/zip";
    return reply_stream(re, -1, read_zip, zip_done, z, e);
}
