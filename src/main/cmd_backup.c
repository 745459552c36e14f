/*
 * cmd_backup -- backup, verify-backup and restore. The first works beside a running server; the last needs that there is none.
 */
#include "backups/backups.h"
#include "main/app.h"
#include "main/options.h"
#include "main/progress.h"
#include "os/file.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { KEY_TEXT_MAX = 4096 };

static const struct message no_key = {
    "backup_no_key",
    "La clé secrète manque : une sauvegarde ne s’ouvre pas sans elle. Donnez le fichier que vous gardez au coffre : --key-file secret.key",
    "The secret key is missing: a backup does not open without it. Give the file that you keep in a safe: --key-file secret.key"
};

/* What the three work with. */
struct work {
    struct app app;
    struct blob_store blobs;
    struct backups room;
    struct progress progress;
    struct backup_watch watch;
    sigset_t stop;
};

static const struct words phases[] = {
    [BACKUP_COPIES] = { "Copie de la base", "Copying the database" },
    [BACKUP_WRITES] = { "Chiffrement de la base et des documents", "Encrypting database and documents" },
    [BACKUP_PROVES] = { "Vérification : restauration à blanc", "Proof: restoring into a scratch place" },
    [BACKUP_RESTORES] = { "Restauration", "Restoring" },
};

/* Ctrl-C ends it well: what was begun is removed. */
static enum status watch(void *ctx, enum backup_phase phase, uint64_t done, uint64_t total, struct err *e) {
    static const struct message stopped = { "stopped", "Interrompu : rien n’est resté à moitié.",
                                            "Stopped: nothing was left half done." };
    const struct timespec now = { 0, 0 };
    struct work *w = ctx;

    progress_tell(&w->progress, phases[phase], done, total);
    return sigtimedwait(&w->stop, NULL, &now) > 0 ? fail(e, E_RETRY, &stopped, "a signal came") : OK;
}

static void start(struct work *w) {
    *w = (struct work) { .watch = { watch, w } };
    sigemptyset(&w->stop);
    sigaddset(&w->stop, SIGINT);
    sigaddset(&w->stop, SIGTERM);
    sigprocmask(SIG_BLOCK, &w->stop, NULL);
    progress_start(&w->progress);
}

static enum status make_room(struct work *w, struct str folder, int keep, struct err *e) {
    const struct config *c = &w->app.config;
    w->room = (struct backups) { .folder = folder,
                                 .data_dir = c->data_dir,
                                 .database_url = c->database_url,
                                 .keep = keep,
                                 .every_us = c->backup_every_h * HOUR_US,
                                 .root = &c->root_key,
                                 .blobs = &w->blobs };
    return blob_store_init(&w->blobs, w->app.arena, c->data_dir, &c->root_key, e);
}

static void say_made(const struct backup_made *made) {
    fprintf(
        stderr,
        command_lang() == LANG_EN
            ? "%lld patients, %lld documents, %lld rows of the audit log; %lld originals missing, %lld damaged\n"
            : "%lld patients, %lld documents, %lld lignes du journal d’audit ; %lld originaux manquants, %lld abîmés\n",
        (long long)made->facts.patients, (long long)made->facts.documents, (long long)made->facts.audit_rows,
        (long long)made->missing, (long long)made->damaged);
}

static int end(const struct command *c, struct work *w, enum status s, const struct err *e) {
    progress_end(&w->progress);
    app_close(&w->app);
    return s == OK ? EXIT_DONE : command_failed(c, s, e);
}

/* ---- backup ---- */

static bool read_keep(const char *text, int *keep) {
    int64_t n;
    if (!text) return true;
    if (!str_to_i64(str_from_c(text), &n) || n < 1 || n > 365) return false;
    *keep = (int)n;
    return true;
}

static int run_backup(const struct command *c, int argc, char **argv) {
    const char *keep_text = NULL;
    const struct option_row rows[] = { { "keep", &keep_text, NULL }, { 0 } };
    struct work w;
    struct backup_made made;
    struct err e = { 0 };
    int first, keep = 0, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (first + 1 < argc) return command_usage_no_more(c);
    if (!read_keep(keep_text, &keep))
        return command_usage(c, "--keep demande un nombre de 1 à 365", "--keep takes a number from 1 to 365");
    start(&w);
    enum status s = app_open(&w.app, APP_DATABASE, &e);
    if (s != OK) return command_failed(c, s, &e);
    struct str folder = first < argc ? str_from_c(argv[first]) : w.app.config.backup_dir;
    s = make_room(&w, folder, keep ? keep : w.app.config.backup_keep, &e);
    int64_t now_us = clock_now_us(&w.app.clock);
    if (s == OK) s = backup_make(&w.room, w.app.db, w.app.arena, now_us, &w.watch, &made, &e);
    if (s == OK) s = backup_record(&w.room, w.app.db, &made, clock_now_us(&w.app.clock), &e);
    progress_end(&w.progress);
    if (s == OK) {
        say_made(&made);
        printf("%.*s/%s\n", STR_ARG(folder), made.name);
    }
    return end(c, &w, s, &e);
}

/* ---- verify-backup, restore ---- */

/* Settings and key; no database is opened. */
static enum status open_for(struct work *w, const char *key_file, struct err *e) {
    enum status s = app_open(&w->app, APP_CONFIG, e);
    struct config *c = &w->app.config;

    if (s != OK) return s;
    if (key_file && !c->secret_key.n) c->secret_key_file = str_from_c(key_file);
    struct err why = { 0 };
    s = config_load_key(c, false, &why);
    if (s == OK) return OK;
    bool missing = why.message && strcmp(why.message->code, "secret_key_missing") == 0;
    if (missing) return fail(e, s, &no_key, "no secret key");
    *e = why;
    return s;
}

static int run_verify(const struct command *c, int argc, char **argv) {
    const char *key_file = NULL;
    const struct option_row rows[] = { { "key-file", &key_file, NULL }, { 0 } };
    struct work w;
    struct backup_made made;
    struct str path;
    struct err e = { 0 };
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (first + 1 < argc) return command_usage_no_more(c);
    start(&w);
    enum status s = open_for(&w, key_file, &e);
    if (s != OK) return command_failed(c, s, &e);
    /* The scratch copy is encrypted: it may lie anywhere, and there need be no installation here. */
    if (access(w.app.config.data_dir.p, W_OK) != 0) w.app.config.data_dir = STR("/tmp");
    w.blobs.key = crypto_derive(&w.app.config.root_key, "blobs   ", 1);
    w.room = (struct backups) { .data_dir = w.app.config.data_dir,
                                .root = &w.app.config.root_key,
                                .blobs = &w.blobs };
    struct str in = first < argc ? str_from_c(argv[first]) : w.app.config.backup_dir;
    s = backup_find(w.app.arena, in, &path, &e);
    if (s == OK) s = backup_prove(&w.room, w.app.arena, path.p, &w.watch, &made, &e);
    progress_end(&w.progress);
    if (s == OK) {
        say_made(&made);
        printf("%s: %.*s\n", command_words((struct words) { "bonne", "good" }), STR_ARG(path));
    }
    return end(c, &w, s, &e);
}

/* The key came from elsewhere: it goes where the server looks for it. */
static enum status keep_key(struct work *w, const char *key_file, struct err *e) {
    const struct config *c = &w->app.config;
    struct str path, text;
    enum status s;

    if (!key_file || c->secret_key.n) return OK;
    if (!arena_printf(w->app.arena, &path, "%.*s/secret.key", STR_ARG(c->data_dir)))
        return fail(e, E_LIMIT, NULL, "no room for a path");
    if (access(path.p, F_OK) == 0) return OK;
    if ((s = file_read(w->app.arena, key_file, KEY_TEXT_MAX, &text, e)) != OK) return s;
    return file_write(path.p, text, 0600, e);
}

static enum status restore(struct work *w, struct str in, const char *key_file, struct backup_made *made,
                           struct err *e) {
    struct str path, lock_path;
    int lock = -1;
    enum status s = app_make_data_dir(&w->app.config, e);

    if (s == OK &&
        !arena_printf(w->app.arena, &lock_path, "%.*s/serve.lock", STR_ARG(w->app.config.data_dir)))
        s = fail(e, E_LIMIT, NULL, "no room for a path");
    if (s == OK) s = file_lock(lock_path.p, &lock, e);
    if (s == OK) s = make_room(w, STR(""), 1, e);
    if (s == OK) s = backup_find(w->app.arena, in, &path, e);
    if (s == OK) s = keep_key(w, key_file, e);
    if (s == OK)
        s = backup_restore(&w->room, w->app.arena, path.p, clock_now_us(&w->app.clock), &w->watch, made, e);
    fd_close(&lock);
    return s;
}

static int run_restore(const struct command *c, int argc, char **argv) {
    const char *key_file = NULL;
    const struct option_row rows[] = { { "key-file", &key_file, NULL }, { 0 } };
    struct work w;
    struct backup_made made;
    struct err e = { 0 };
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (first >= argc)
        return command_usage(c, "d’où ? donnez un dossier ou un fichier",
                             "from where? give a folder or a file");
    if (first + 1 < argc) return command_usage_no_more(c);
    start(&w);
    enum status s = open_for(&w, key_file, &e);
    if (s != OK) return command_failed(c, s, &e);
    s = restore(&w, str_from_c(argv[first]), key_file, &made, &e);
    progress_end(&w.progress);
    if (s == OK) {
        say_made(&made);
        command_say(
            "Restauré. Ce qui attendait d’être envoyé ne l’est pas : vérifiez les messages, puis démarrez le serveur.",
            "Restored. What waited to be sent is not sent: look at the messages, then start the server.");
    }
    return end(c, &w, s, &e);
}

const struct command command_backup = {
    .name = "backup",
    .summary = { "Sauvegarder tout, chiffré, en un fichier, et le prouver",
                 "Back everything up, encrypted, into one file, and prove it" },
    .usage = { "[--keep N] [DOSSIER]", "[--keep N] [FOLDER]" },
    .help = { "  DOSSIER    où (BACKUP_DIR sinon) : un disque externe ou une clé USB\n"
              "  --keep N   garder les N dernières (BACKUP_KEEP sinon)\n"
              "\n"
              "Le serveur peut tourner. Le fichier n’a son nom qu’une fois relu, restauré à blanc et vérifié.\n"
              "La clé secrète n’y est pas : gardez-en une copie au coffre (secret.key du dossier de données).\n"
              "Sans elle, aucune sauvegarde ne s’ouvre ; avec elle, n’importe qui les lit.\n",
              "  FOLDER     where to (else BACKUP_DIR): an external disk or a USB stick\n"
              "  --keep N   keep the last N (else BACKUP_KEEP)\n"
              "\n"
              "The server may be running. The file has its name only once it was read back, restored into a scratch\n"
              "place and checked. The secret key is not in it: keep a copy in a safe (secret.key of the data folder).\n"
              "Without it no backup opens; with it anybody reads them.\n" },
    .run = run_backup,
};

const struct command command_verify_backup = {
    .name = "verify-backup",
    .summary = { "Prouver qu’une sauvegarde se restaure, sans rien changer",
                 "Prove that a backup can be restored, changing nothing" },
    .usage = { "[--key-file FICHIER] [DOSSIER|FICHIER]", "[--key-file FILE] [FOLDER|FILE]" },
    .help = { "  --key-file FICHIER   la clé secrète gardée au coffre (celle de cette installation sinon)\n"
              "\n"
              "D’un dossier (BACKUP_DIR sinon), la plus récente. Déchiffre tout, restaure la base à blanc, la met au schéma de ce programme,\n"
              "compte, suit la chaîne d’audit et ouvre chaque document. Code 1 si elle n’est pas bonne.\n",
              "  --key-file FILE      the secret key that was kept in a safe (else that of this installation)\n"
              "\n"
              "Of a folder (else BACKUP_DIR), the newest one. Decrypts all of it, restores the database into a scratch place, brings it to this\n"
              "program's schema, counts, walks the audit chain and opens each document. Exit 1 when it is no good.\n" },
    .run = run_verify,
};

const struct command command_restore = {
    .name = "restore",
    .summary = { "Remettre une sauvegarde dans un dossier de données vide",
                 "Put a backup back into an empty data folder" },
    .usage = { "[--key-file FICHIER] DOSSIER|FICHIER", "[--key-file FILE] FOLDER|FILE" },
    .help = { "  --key-file FICHIER   la clé secrète gardée au coffre ; elle est recopiée dans le dossier de données\n"
              "\n"
              "Le serveur doit être arrêté, et MEDIRECORD_DATA_DIR sans base de données. Interrompu, recommencez.\n"
              "Une sauvegarde d’une version plus ancienne est mise à jour. Les messages qui attendaient ne partent pas.\n",
              "  --key-file FILE      the secret key that was kept in a safe; it is copied into the data folder\n"
              "\n"
              "The server must be stopped, and MEDIRECORD_DATA_DIR without a database. When it was interrupted, run it again.\n"
              "A backup of an earlier version is upgraded. Messages that waited do not leave.\n" },
    .run = run_restore,
};
