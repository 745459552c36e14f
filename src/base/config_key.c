#include "base/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The root key: 64 hexadecimal digits as they are, any other text of at least 32 characters through BLAKE2b.
 * The file in the data directory is made under another name and linked, so that it is there whole or not at all, and of two
 * programs that start together both read the same one.
 */
enum { KEY_TEXT_BYTES_MAX = 4096, KEY_TEXT_BYTES_MIN = 32, PATH_BYTES = 4096 };

static const struct message too_short = {
    "secret_key_too_short", "{} doit avoir au moins 32 caractères (par exemple 64 chiffres hexadécimaux).",
    "{} must have at least 32 characters (64 hexadecimal digits, for instance)."
};
static const struct message unreadable = { "secret_key_unreadable",
                                           "Le fichier de clé {} ne peut pas être lu.",
                                           "The key file {} cannot be read." };
static const struct message missing = {
    "secret_key_missing", "La clé secrète {} n’existe pas. Lancez « medirecord serve » une première fois.",
    "The secret key {} is not there. Run \"medirecord serve\" once first."
};
static const struct message too_open = { "secret_key_too_open",
                                         "Le fichier de clé {} est lisible par d’autres : chmod 600.",
                                         "The key file {} can be read by others: chmod 600." };
static const struct message cannot_make = { "data_dir_not_writable",
                                            "Le dossier de données {} ne peut pas être créé ou écrit.",
                                            "The data directory {} cannot be made or written." };

static enum status fail_about(struct err *e, enum status s, struct str what) {
    err_arg(e, what);
    return s;
}

static enum status key_from_text(struct str text, struct str name, struct key *out, struct err *e) {
    text = str_trim(text);
    if (text.n == 2 * (size_t)KEY_BYTES && crypto_from_hex(text, out->b, sizeof out->b)) return OK;
    if (text.n < KEY_TEXT_BYTES_MIN)
        return fail_about(e, fail(e, E_INVALID, &too_short, "the secret key is too short"), name);
    struct hash h = crypto_hash_of(text);
    memcpy(out->b, h.b, sizeof out->b);
    crypto_wipe(&h, sizeof h);
    return OK;
}

/* E_NOT_FOUND, without words, when the file is not there. */
static enum status key_from_file(const char *path, bool ours, struct key *out, struct err *e) {
    char text[KEY_TEXT_BYTES_MAX];
    struct stat st;
    struct str name = str_from_c(path);
    enum status s;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) return E_NOT_FOUND;
    if (fd < 0)
        return fail_about(e, fail_errno(e, E_INVALID, &unreadable, "the key file cannot be opened"), name);

    ssize_t n = read(fd, text, sizeof text);
    if (n < 0 || fstat(fd, &st) != 0) {
        s = fail_about(e, fail_errno(e, E_INVALID, &unreadable, "the key file cannot be read"), name);
    } else if (ours && (st.st_mode & 077) != 0) {
        s = fail_about(
            e, fail(e, E_INVALID, &too_open, "the key file has mode %03o", (unsigned)st.st_mode & 0777),
            name);
    } else {
        s = key_from_text((struct str) { text, (size_t)n }, name, out, e);
    }
    crypto_wipe(text, sizeof text);
    close(fd);
    return s;
}

static bool write_whole(int fd, const char *p, size_t n) {
    while (n > 0) {
        ssize_t w = write(fd, p, n);
        if (w < 0 && errno == EINTR) continue;
        if (w <= 0) return false;
        p += w;
        n -= (size_t)w;
    }
    return fsync(fd) == 0;
}

static bool sync_directory(const char *path) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return ok;
}

/* Puts a new random key at path, unless one is there by now. */
static bool make_key_file(const char *dir, const char *path) {
    static const char digits[] = "0123456789abcdef";
    unsigned char random[KEY_BYTES];
    char text[2 * KEY_BYTES + 1], temporary[PATH_BYTES + 32];
    crypto_random(random, sizeof random);
    for (size_t i = 0; i < sizeof random; i++) {
        text[2 * i] = digits[random[i] >> 4];
        text[2 * i + 1] = digits[random[i] & 15];
    }
    text[2 * KEY_BYTES] = '\n';
    snprintf(temporary, sizeof temporary, "%s.%ld", path, (long)getpid());

    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write_whole(fd, text, sizeof text);
    ok = ok && (link(temporary, path) == 0 || errno == EEXIST) && sync_directory(dir);
    if (fd >= 0) {
        close(fd);
        unlink(temporary);
    }
    crypto_wipe(random, sizeof random);
    crypto_wipe(text, sizeof text);
    return ok;
}

static enum status key_from_data_dir(struct config *c, bool create, struct err *e) {
    char dir[PATH_BYTES], path[PATH_BYTES];
    snprintf(dir, sizeof dir, "%.*s", STR_ARG(c->data_dir));
    int n = snprintf(path, sizeof path, "%.*s/secret.key", STR_ARG(c->data_dir));
    if (n < 0 || (size_t)n >= sizeof path)
        return fail(e, E_INVALID, &cannot_make, "the data directory's name is too long");

    enum status s = key_from_file(path, true, &c->root_key, e);
    if (s != E_NOT_FOUND) return s;
    if (!create)
        return fail_about(e, fail(e, E_NOT_FOUND, &missing, "there is no secret key"), str_from_c(path));
    (void)mkdir(dir, 0700); /* making the file says what is wrong */
    if (!make_key_file(dir, path))
        return fail_about(e, fail_errno(e, E_INVALID, &cannot_make, "the secret key cannot be made"),
                          c->data_dir);
    return key_from_file(path, true, &c->root_key, e);
}

enum status config_load_key(struct config *c, bool create, struct err *e) {
    char path[PATH_BYTES];
    if (c->secret_key.n) return key_from_text(c->secret_key, STR("MEDIRECORD_SECRET_KEY"), &c->root_key, e);
    if (c->secret_key_file.n == 0) return key_from_data_dir(c, create, e);

    snprintf(path, sizeof path, "%.*s", STR_ARG(c->secret_key_file));
    enum status s = key_from_file(path, false, &c->root_key, e);
    if (s != E_NOT_FOUND) return s;
    return fail_about(e,
                      fail(e, E_INVALID, &unreadable, "the file of MEDIRECORD_SECRET_KEY_FILE is not there"),
                      c->secret_key_file);
}
