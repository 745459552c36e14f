#include "backups/archive.h"

#include "base/secret_stream.h"
#include "os/file.h"
#include "os/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SALT_BYTES = 16, VERSION = 1, ENTRY_HEAD_MAX = 1 + 2 + ARCHIVE_NAME_MAX + 8 };

static const char magic[8] = { 'M', 'R', 'B', 'A', 'C', 'K', 'U', 'P' };

const struct message backup_damaged = {
    "backup_damaged",
    "Cette sauvegarde est abîmée : elle a été changée ou coupée. Prenez-en une autre, et vérifiez le disque.",
    "This backup is damaged: it was changed or cut off. Take another one, and check the disk."
};
const struct message backup_other_key = {
    "backup_other_key",
    "Cette sauvegarde ne s’ouvre pas avec cette clé secrète. Donnez celle de l’installation qui l’a faite (le fichier "
    "secret.key que vous gardez au coffre).",
    "This backup does not open with this secret key. Give that of the installation that made it (the secret.key that you keep in "
    "a safe)."
};
const struct message backup_not_one = { "backup_not_one",
                                        "Ce fichier n’est pas une sauvegarde de MediRecord.",
                                        "This file is not a backup of MediRecord." };
static const struct message format_newer = {
    "backup_format_newer",
    "Cette sauvegarde vient d’une version plus récente de MediRecord : mettez le programme à jour d’abord.",
    "This backup is of a later version of MediRecord: update the program first."
};

/* What stands before the stream. */
struct head {
    char magic[sizeof magic];
    unsigned char version;
    unsigned char salt[SALT_BYTES];
    unsigned char proof[HASH_BYTES]; /* a MAC of the above: tells another key from damage */
    unsigned char stream[SECRET_HEADER_BYTES];
};
_Static_assert(sizeof(struct head) == sizeof magic + 1 + SALT_BYTES + HASH_BYTES + SECRET_HEADER_BYTES,
               "no gaps: it is written as it is");

static struct key file_key(const struct key *root, const unsigned char salt[SALT_BYTES]) {
    struct key backups = crypto_derive(root, "backups ", 1), k;
    struct hash h = crypto_hash_keyed(&backups, (struct str) { (const char *)salt, SALT_BYTES });
    memcpy(k.b, h.b, sizeof k.b);
    crypto_wipe(&backups, sizeof backups);
    crypto_wipe(&h, sizeof h);
    return k;
}

static struct hash proof_of(const struct key *k, const struct head *h) {
    return crypto_hash_keyed(k, (struct str) { (const char *)h, offsetof(struct head, proof) });
}

/* ---- writing ---- */

struct archive_writer {
    int fd;
    uint64_t left, written; /* of the entry; of the file */
    struct secret_sealer sealer;
};

static void writer_done(void *obj) {
    struct archive_writer *w = obj;
    fd_close(&w->fd);
    crypto_wipe(w, sizeof *w);
    w->fd = -1;
}

static enum status put(struct archive_writer *w, struct str bytes, struct err *e) {
    enum status s = fd_write_all(w->fd, bytes, e);
    w->written += bytes.n;
    return s;
}

enum status archive_create(struct arena *a, const char *path, const struct key *root,
                           struct archive_writer **out, struct err *e) {
    struct archive_writer *w = arena_alloc(a, sizeof *w);
    struct head h = { .version = VERSION };

    if (!w) return fail(e, E_LIMIT, NULL, "no room for the writer of an archive");
    w->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (w->fd < 0)
        return fail_errno(e, errno == ENOSPC || errno == EDQUOT ? E_RETRY : E_INVALID, NULL,
                          "a backup cannot be made there");
    if (!arena_defer(a, writer_done, w)) {
        writer_done(w);
        return fail(e, E_LIMIT, NULL, "no room for the writer of an archive");
    }
    memcpy(h.magic, magic, sizeof magic);
    crypto_random(h.salt, sizeof h.salt);
    struct key k = file_key(root, h.salt);
    struct hash proof = proof_of(&k, &h);
    memcpy(h.proof, proof.b, sizeof h.proof);
    secret_seal_start(&w->sealer.stream, &k, h.stream);
    crypto_wipe(&k, sizeof k);
    *out = w;
    return put(w, (struct str) { (const char *)&h, sizeof h }, e);
}

static enum status add_plain(struct archive_writer *w, struct str bytes, struct err *e) {
    struct str sealed;
    enum status s = OK;
    while (s == OK && (sealed = secret_seal_more(&w->sealer, &bytes)).n > 0) s = put(w, sealed, e);
    return s;
}

enum status archive_begin(struct archive_writer *w, enum archive_kind kind, struct str name,
                          uint64_t size_bytes, struct err *e) {
    struct buf head;

    if (w->left != 0 || name.n > ARCHIVE_NAME_MAX)
        return fail(e, E_INTERNAL, NULL, "an entry of an archive begins where none may");
    buf_init(&head, ENTRY_HEAD_MAX);
    wire_put_u8(&head, (uint8_t)kind);
    wire_put_short_bytes(&head, name);
    wire_put_u64(&head, size_bytes);
    w->left = size_bytes;
    enum status s = buf_ok(&head) ? add_plain(w, buf_str(&head), e)
                                  : fail(e, E_INTERNAL, NULL, "no memory for the head of an entry");
    buf_done(&head);
    return s;
}

enum status archive_add(struct archive_writer *w, struct str bytes, struct err *e) {
    if (bytes.n > w->left) return fail(e, E_INTERNAL, NULL, "an entry of an archive is longer than it said");
    w->left -= bytes.n;
    return add_plain(w, bytes, e);
}

enum status archive_close(struct archive_writer *w, uint64_t *bytes, struct err *e) {
    enum status s = archive_begin(w, ARCHIVE_END, STR(""), 0, e);

    if (s == OK) s = put(w, secret_seal_last(&w->sealer), e);
    if (s == OK && fsync(w->fd) != 0)
        s = fail_errno(e, errno == ENOSPC || errno == EIO || errno == EDQUOT ? E_RETRY : E_INTERNAL, NULL,
                       "a backup cannot be put on the disk");
    *bytes = w->written;
    fd_close(&w->fd);
    return s;
}

/* ---- reading ---- */

struct archive_reader {
    int fd;
    bool last_seen, ended;
    uint64_t left, at, size_bytes;
    struct secret_stream open;
    size_t from, filled;
    unsigned char piece[SECRET_PIECE_BYTES];
    unsigned char sealed[SECRET_SEALED_BYTES];
};

static void reader_done(void *obj) {
    struct archive_reader *r = obj;
    fd_close(&r->fd);
    crypto_wipe(r, sizeof *r);
    r->fd = -1;
}

static enum status check_head(struct archive_reader *r, const struct head *h, size_t got,
                              const struct key *root, struct err *e) {
    if (got < sizeof magic || memcmp(h->magic, magic, sizeof magic) != 0)
        return fail(e, E_INVALID, &backup_not_one, "a file does not begin as a backup does");
    if (got < sizeof *h) return fail(e, E_INVALID, &backup_damaged, "a backup ends in its head");
    if (h->version > VERSION) return fail(e, E_INVALID, &format_newer, "format %d", h->version);
    struct key k = file_key(root, h->salt);
    struct hash proof = proof_of(&k, h);
    bool ours = crypto_equal((struct str) { (const char *)proof.b, HASH_BYTES },
                             (struct str) { (const char *)h->proof, HASH_BYTES });
    bool opens = ours && secret_open_start(&r->open, &k, h->stream);
    crypto_wipe(&k, sizeof k);
    if (!ours) return fail(e, E_INVALID, &backup_other_key, "a backup of another key");
    return opens ? OK : fail(e, E_INVALID, &backup_damaged, "the stream of a backup does not open");
}

enum status archive_open(struct arena *a, const char *path, const struct key *root,
                         struct archive_reader **out, struct err *e) {
    struct archive_reader *r = arena_alloc(a, sizeof *r);
    struct head h;
    struct stat st;
    size_t got = 0;
    enum status s;

    if (!r) return fail(e, E_LIMIT, NULL, "no room for the reader of an archive");
    r->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (r->fd < 0)
        return fail_errno(e, errno == ENOENT ? E_NOT_FOUND : E_DENIED, NULL, "a backup cannot be opened");
    if (!arena_defer(a, reader_done, r) || fstat(r->fd, &st) != 0) {
        reader_done(r);
        return fail(e, E_LIMIT, NULL, "no room for the reader of an archive");
    }
    r->size_bytes = (uint64_t)st.st_size;
    if ((s = fd_read_full(r->fd, &h, sizeof h, &got, e)) != OK) return s;
    r->at = got;
    if ((s = check_head(r, &h, got, root, e)) != OK) return s;
    *out = r;
    return OK;
}

static enum status fail_damaged(struct err *e, const char *what) {
    return fail(e, E_INVALID, &backup_damaged, "%s", what);
}

static enum status next_piece(struct archive_reader *r, struct err *e) {
    size_t got = 0;
    enum status s;

    if (r->last_seen) return fail_damaged(e, "a backup ends within an entry");
    if ((s = fd_read_full(r->fd, r->sealed, sizeof r->sealed, &got, e)) != OK) return s;
    r->at += got;
    r->from = r->filled = 0;
    if (!secret_open(&r->open, (struct str) { (const char *)r->sealed, got }, r->piece, &r->filled,
                     &r->last_seen))
        return fail_damaged(e, "a piece of a backup is not what was written");
    return OK;
}

static enum status read_plain(struct archive_reader *r, void *out, size_t n, struct err *e) {
    enum status s = OK;
    for (size_t done = 0; done < n && s == OK;) {
        if (r->from == r->filled) {
            s = next_piece(r, e);
            continue;
        }
        size_t part = r->filled - r->from < n - done ? r->filled - r->from : n - done;
        if (out) memcpy((char *)out + done, r->piece + r->from, part);
        r->from += part;
        done += part;
    }
    return s;
}

static enum status skip_rest(struct archive_reader *r, struct err *e) {
    enum status s = OK;
    while (s == OK && r->left > 0) {
        size_t part = r->left < SECRET_PIECE_BYTES ? (size_t)r->left : SECRET_PIECE_BYTES;
        s = read_plain(r, NULL, part, e);
        r->left -= part;
    }
    return s;
}

/* Nothing may stand behind the end. */
static enum status check_end(struct archive_reader *r, struct err *e) {
    char more;
    size_t got = 0;
    enum status s = OK;

    while (s == OK && r->from == r->filled && !r->last_seen) s = next_piece(r, e);
    if (s != OK) return s;
    if (r->from != r->filled) return fail_damaged(e, "something stands behind the end of a backup");
    if ((s = fd_read_full(r->fd, &more, 1, &got, e)) != OK) return s;
    return got == 0 ? OK : fail_damaged(e, "bytes stand behind the end of a backup");
}

enum status archive_next(struct archive_reader *r, struct archive_entry *out, struct err *e) {
    unsigned char kind, length[2], size[8];
    enum status s = skip_rest(r, e);

    if (r->ended) return fail(e, E_INTERNAL, NULL, "an archive is read behind its end");
    if (s != OK || (s = read_plain(r, &kind, 1, e)) != OK) return s;
    if ((s = read_plain(r, length, sizeof length, e)) != OK) return s;
    size_t n = (size_t)length[0] << 8 | length[1];
    if (kind < ARCHIVE_FACTS || kind > ARCHIVE_END || n > ARCHIVE_NAME_MAX)
        return fail_damaged(e, "an entry of a backup makes no sense");
    if ((s = read_plain(r, out->name, n, e)) != OK) return s;
    if ((s = read_plain(r, size, sizeof size, e)) != OK) return s;
    out->name[n] = '\0';
    out->kind = (enum archive_kind)kind;
    out->size_bytes = 0;
    for (size_t i = 0; i < sizeof size; i++) out->size_bytes = out->size_bytes << 8 | size[i];
    r->left = out->size_bytes;
    r->ended = out->kind == ARCHIVE_END;
    return r->ended ? check_end(r, e) : OK;
}

enum status archive_read(struct archive_reader *r, void *out, size_t n, size_t *got, struct err *e) {
    size_t part = n < r->left ? n : (size_t)r->left;
    enum status s = read_plain(r, out, part, e);

    r->left -= part;
    *got = part;
    return s;
}

uint64_t archive_at(const struct archive_reader *r) {
    return r->at;
}

uint64_t archive_bytes(const struct archive_reader *r) {
    return r->size_bytes;
}
