#ifndef BACKUPS_READING_H
#define BACKUPS_READING_H
/*
 * reading -- a backup read from its beginning to its end, in the one order that it may have: facts, database, originals by name, end. What is
 * done with them differs between trying a backup (prove.c) and putting it back (restore.c); what must be right is the same.
 */
#include "backups/archive.h"
#include "backups/backups.h"
#include "backups/content_store.h"
#include "documents/blob_copy.h"

enum { READING_PIECE_BYTES = 64 * 1024 };

struct backup_reading {
    const struct backups *room;
    const struct backup_watch *watch;
    enum backup_phase phase;
    struct archive_reader *in;
    struct backup_made *made;
    /* Where an original goes beside being tried: begun, each piece, ended (`whole`: it is as it was uploaded). NULL: nowhere. */
    enum status (*put)(struct backup_reading *, struct str raw, struct err *);
    struct blob_put blob;
    struct blob_check check;
    char piece[READING_PIECE_BYTES];
};

/* The database into an empty scratch place; then whole, of this program's schema, with an unbroken audit chain and as many rows as the facts say. now_us 0: the time of
 * the backup. */
enum status reading_database(struct backup_reading *, struct arena *, const char *path, struct scratch *,
                             int64_t now_us, struct content *, struct err *) MUST_CHECK;
/* The originals that the database names, and nothing else; to the end of the file. */
enum status reading_originals(struct backup_reading *, struct content *, struct err *) MUST_CHECK;

#endif
