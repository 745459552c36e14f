#include "backups/reading.h"

#include "accounts/audit.h"

static const struct message program_older = {
    "backup_newer",
    "Cette sauvegarde vient d’une version plus récente de MediRecord : mettez le programme à jour d’abord.",
    "This backup is of a later version of MediRecord: update the program first."
};
static const struct message audit_broken = {
    "backup_audit_broken",
    "La chaîne du journal d’audit est rompue dans cette sauvegarde : quelqu’un l’a changée avant. Lancez « medirecord verify-audit ».",
    "The chain of the audit log is broken in this backup: somebody changed it before. Run `medirecord verify-audit`."
};

static enum status fail_damaged(struct err *e, const char *what) {
    return fail(e, E_INVALID, &backup_damaged, "%s", what);
}

static enum status tell(struct backup_reading *r, struct err *e) {
    if (!r->watch->fn) return OK;
    return r->watch->fn(r->watch->ctx, r->phase, archive_at(r->in), archive_bytes(r->in), e);
}

static enum status expect(struct backup_reading *r, enum archive_kind kind, struct archive_entry *entry,
                          struct err *e) {
    enum status s = archive_next(r->in, entry, e);
    return s != OK || entry->kind == kind ? s : fail_damaged(e, "the entries of a backup are not in order");
}

static enum status read_facts(struct backup_reading *r, struct arena *a, struct err *e) {
    struct archive_entry entry;
    size_t got;
    enum status s = expect(r, ARCHIVE_FACTS, &entry, e);

    if (s != OK) return s;
    if (entry.size_bytes > FACTS_BYTES_MAX) return fail_damaged(e, "the facts of a backup are too long");
    if ((s = archive_read(r->in, r->piece, (size_t)entry.size_bytes, &got, e)) != OK) return s;
    if ((s = facts_read(a, (struct str) { r->piece, got }, &r->made->facts, e)) != OK) return s;
    if (r->made->facts.schema > content_schema())
        return fail(e, E_CONFLICT, &program_older, "schema %lld", (long long)r->made->facts.schema);
    return OK;
}

static enum status fill(struct backup_reading *r, struct scratch *scratch, struct err *e) {
    struct archive_entry entry;
    size_t got = 1;
    enum status s = expect(r, ARCHIVE_DATABASE, &entry, e);

    while (s == OK && got > 0) {
        if ((s = archive_read(r->in, r->piece, sizeof r->piece, &got, e)) != OK || got == 0) break;
        s = scratch_add(scratch, (struct str) { r->piece, got }, e);
        if (s == OK) s = tell(r, e);
    }
    crypto_wipe(r->piece, sizeof r->piece);
    if (s == OK && scratch_size(scratch) != (uint64_t)r->made->facts.database_bytes)
        s = fail_damaged(e, "the database of a backup has another size than it said");
    return s;
}

static enum status check_content(struct backup_reading *r, struct db *db, struct err *e) {
    const struct backup_facts *said = &r->made->facts;
    struct backup_facts seen = *said;
    int64_t checked, broken;
    enum status s = db_check(db, e);

    if (s == OK) s = audit_verify(db, &checked, &broken, e);
    if (s != OK) return s;
    if (broken) return fail(e, E_INVALID, &audit_broken, "audit row %lld", (long long)broken);
    if ((s = content_count(db, &seen, e)) != OK) return s;
    bool same = seen.patients == said->patients && seen.documents == said->documents &&
                seen.messages == said->messages && seen.audit_rows == said->audit_rows &&
                seen.blobs == said->blobs && checked == said->audit_rows;
    return same ? OK : fail_damaged(e, "the database of a backup holds another number of rows than it said");
}

enum status reading_database(struct backup_reading *r, struct arena *a, const char *path,
                             struct scratch *scratch, int64_t now_us, struct content *content,
                             struct err *e) {
    enum status s = archive_open(a, path, r->room->root, &r->in, e);

    if (s == OK) r->made->size_bytes = (int64_t)archive_bytes(r->in);
    if (s == OK) s = read_facts(r, a, e);
    if (s == OK) s = fill(r, scratch, e);
    if (s == OK) s = content_open(scratch, true, now_us ? now_us : r->made->facts.taken_at_us, content, e);
    if (s == OK && (s = check_content(r, content->db, e)) != OK) content_close(content);
    return s;
}

static enum status read_original(struct backup_reading *r, const struct archive_entry *entry, int64_t size,
                                 struct err *e) {
    struct str name = str_from_c(entry->name);
    size_t got = 1;
    enum status s = r->put ? blob_put_start(&r->blob, r->room->blobs, name, e) : OK;

    blob_check_start(&r->check, r->room->blobs, name);
    while (s == OK && (s = archive_read(r->in, r->piece, sizeof r->piece, &got, e)) == OK && got > 0) {
        blob_check_add(&r->check, (struct str) { r->piece, got });
        if (r->put) s = r->put(r, (struct str) { r->piece, got }, e);
    }
    bool whole = blob_check_end(&r->check) && (size < 0 || r->check.size_bytes == (uint64_t)size);
    if (s == OK && entry->kind == ARCHIVE_BLOB && !whole)
        s = fail_damaged(e, "an original in a backup is not whole");
    if (s == OK && entry->kind == ARCHIVE_DAMAGED) r->made->damaged++;
    if (s == OK && r->put) s = blob_put_end(&r->blob, e);
    if (r->put) blob_put_drop(&r->blob);
    return s == OK ? tell(r, e) : s;
}

static enum status read_entry(struct backup_reading *r, const struct archive_entry *entry, struct str name,
                              int64_t size, struct err *e) {
    if (!str_eq(str_from_c(entry->name), name))
        return fail_damaged(e, "an original is not in a backup, or one that no row names");
    if (entry->kind == ARCHIVE_BLOB || entry->kind == ARCHIVE_DAMAGED)
        return read_original(r, entry, size, e);
    if (entry->kind != ARCHIVE_MISSING) return fail_damaged(e, "the entries of a backup are not in order");
    r->made->missing++;
    return OK;
}

enum status reading_originals(struct backup_reading *r, struct content *content, struct err *e) {
    struct archive_entry entry;
    struct blob_names names;
    struct str name;
    int64_t size;
    enum status s;

    blob_names_start(&names, content->db);
    while ((s = blob_names_next(&names, &name, &size, e)) == OK) {
        if ((s = archive_next(r->in, &entry, e)) != OK) break;
        if (name.n == 0) {
            if (entry.kind != ARCHIVE_END) s = fail_damaged(e, "a backup holds more than its rows name");
            break;
        }
        if ((s = read_entry(r, &entry, name, size, e)) != OK) break;
    }
    blob_check_done(&r->check);
    return s;
}
