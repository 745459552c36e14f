/*
 * prove -- is a backup good? It is put back into a scratch place and looked at; nothing of it stays.
 */
#include "backups/reading.h"

enum status backup_prove(const struct backups *room, struct arena *a, const char *path,
                         const struct backup_watch *watch, struct backup_made *out, struct err *e) {
    struct backup_reading *r = arena_alloc(a, sizeof *r);
    struct scratch *scratch = NULL;
    struct content content = { 0 };
    enum status s;

    if (!r) return fail(e, E_LIMIT, NULL, "no room to try a backup");
    *out = (struct backup_made) { 0 };
    r->room = room;
    r->watch = watch;
    r->phase = BACKUP_PROVES;
    r->made = out;
    s = scratch_new(room->data_dir.p, &scratch, e);
    if (s == OK) s = reading_database(r, a, path, scratch, 0, &content, e);
    if (s == OK) s = reading_originals(r, &content, e);
    content_close(&content);
    scratch_free(scratch);
    return s;
}
