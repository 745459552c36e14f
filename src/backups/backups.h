#ifndef BACKUPS_BACKUPS_H
#define BACKUPS_BACKUPS_H
/*
 * backups -- one encrypted file that holds everything, and that was proven: read back, restored into a scratch place, and checked.
 *
 * What is in it: the database as it was at one moment (db/scratch.h) and every original that it names. What is not: the secret key. Whoever has the
 * file without the key has nothing; whoever loses the key has lost the backups.
 *
 * A backup is written under another name, put on the disk, proven, and only then called "medirecord-20261126T112500Z.mrb": a file of that
 * name is one that was found whole. Killed at any moment, what is left is a *.part that the next run removes.
 *
 * The backup needs as much room beside the data as the database, for as long as it takes; that copy is encrypted under a key which is in
 * memory alone.
 */
#include "backups/facts.h"
#include "base/clock.h"
#include "documents/blob.h"
#include "http/route.h"
#include "jobs/job.h"

struct event_hub;

/* The room's context; constant after start. */
struct backups {
    struct str folder;                 /* where they go */
    struct str data_dir, database_url; /* what is saved */
    int keep;                          /* so many are kept; older ones go */
    int64_t every_us;                  /* 0: only when somebody asks */
    const struct key *root;
    const struct blob_store *blobs;
    struct job_signal *signal;
    struct event_hub *events; /* NULL: nobody listens */
};

enum backup_phase { BACKUP_COPIES, BACKUP_WRITES, BACKUP_PROVES, BACKUP_RESTORES };

/* Told often. A failure stops it, and is what it ends with. */
struct backup_watch {
    enum status (*fn)(void *ctx, enum backup_phase, uint64_t done, uint64_t total, struct err *);
    void *ctx; /* fn NULL: nobody watches */
};

enum { BACKUP_NAME_BYTES = 40 };

struct backup_made {
    char name[BACKUP_NAME_BYTES]; /* of the file */
    int64_t size_bytes;
    int64_t missing, damaged; /* originals; the backup is good all the same */
    struct backup_facts facts;
};

extern const struct message backup_under_way;

/*
 * Makes one, proves it, names it after now or the next second that is free, and removes what is too old. E_CONFLICT with backup_under_way:
 * another one is made there. E_RETRY: the disk is full. `db` is what runs.
 */
enum status backup_make(const struct backups *, struct db *, struct arena *, int64_t now_us,
                        const struct backup_watch *, struct backup_made *, struct err *) MUST_CHECK;

/*
 * Reads a file through and tries what is in it: decrypts all of it; restores the database into a scratch place, brings it to this program's schema,
 * and reads it whole; walks the audit chain; counts; decrypts each original. Nothing is changed. E_INVALID with a message: it is no good.
 */
enum status backup_prove(const struct backups *, struct arena *, const char *path,
                         const struct backup_watch *, struct backup_made *, struct err *) MUST_CHECK;

/*
 * Puts everything back where the room says that it belongs. E_CONFLICT with a message: there is a database already. The database gets its
 * name last, once everything was checked: killed before that, it can be run again. What waited to be sent is not sent.
 */
enum status backup_restore(const struct backups *, struct arena *, const char *path, int64_t now_us,
                           const struct backup_watch *, struct backup_made *, struct err *) MUST_CHECK;

/* The newest backup in a folder, by its name; E_NOT_FOUND with a message: none. `path` is a file: itself. */
enum status backup_find(struct arena *, struct str path, struct str *out, struct err *) MUST_CHECK;

/* Is that the name of one? */
bool backup_is_name(struct str);

/* ---- rows (backup_store.c) ---- */

struct backup {
    int64_t id, size_bytes, patients, documents, missing, damaged;
    struct str state, name, folder, error_code;
    int64_t created_by, created_at_us, taken_at_us, ended_at_us;
};
typedef enum status backup_row_fn(void *ctx, const struct backup *, struct err *);

/* Asks for one: row, job and audit row in one transaction. E_CONFLICT with a message: one is under way. user_id 0: the program. */
enum status backup_request(const struct backups *, struct db *, int64_t user_id, int64_t now_us, int64_t *id,
                           struct err *) MUST_CHECK;
enum status backup_each(struct db *, int64_t id, int64_t limit, int64_t offset, backup_row_fn *, void *ctx,
                        struct err *) MUST_CHECK;
enum status backup_rows(struct db *, int64_t *count, struct err *) MUST_CHECK;
/* When the last one that was proven was taken; 0: never. */
enum status backup_last(struct db *, int64_t *taken_at_us, struct err *) MUST_CHECK;
/* When the last one was asked for, whatever came of it; 0: never. */
enum status backup_last_asked(struct db *, int64_t *at_us, struct err *) MUST_CHECK;
enum status backup_set_running(struct db *, int64_t id, struct err *) MUST_CHECK;
enum status backup_set_ended(struct db *, int64_t id, const char *state, struct str error_code,
                             int64_t ended_at_us, struct err *) MUST_CHECK;
/* In the caller's transaction. */
enum status backup_set_proven(struct db *, int64_t id, const struct backup_made *, int64_t now_us,
                              struct err *) MUST_CHECK;
/* One that a command made, with its audit row. */
enum status backup_record(const struct backups *, struct db *, const struct backup_made *, int64_t now_us,
                          struct err *) MUST_CHECK;

/* The list forgets what ended before then; the files are another matter. */
enum status backup_clean_up(struct db *, int64_t before_us, struct err *) MUST_CHECK;

/* More than twice the time between two ago, the last good one is too old. */
bool backup_is_late(const struct backups *, int64_t taken_at_us, int64_t now_us);

/* ---- jobs: "backup.make" {"id"} makes the one of a row; "backup.watch" looks every hour whether one is due ---- */

#define BACKUP_JOB_MAKE  "backup.make"
#define BACKUP_JOB_WATCH "backup.watch"
enum { BACKUP_JOB_COUNT = 2 };
void backups_job_kinds(struct backups *, struct job_kind kinds[BACKUP_JOB_COUNT]);
/* For the start of a server. In the caller's transaction. */
enum status backups_start_jobs(const struct backups *, struct db *, int64_t now_us, struct err *) MUST_CHECK;

extern const struct route backups_routes[]; /* room: struct backups */

#endif
