/*
 * backups_api -- /api/backups/ for administrators: which there are, whether the last good one is too old, and one now.
 */
#include "backups/backups.h"
#include "http/page.h"

#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

enum { PATH_BYTES = 4096 };

/* The file may have been carried away, or the disk unplugged. */
static bool is_there(const struct backup *b) {
    char path[PATH_BYTES];
    struct stat st;
    snprintf(path, sizeof path, "%.*s/%.*s", STR_ARG(b->folder), STR_ARG(b->name));
    return b->name.n && stat(path, &st) == 0 && (int64_t)st.st_size == b->size_bytes;
}

static void put_backup(struct json_out *o, const struct backup *b) {
    json_put_object(o);
    json_field_int(o, "id", b->id);
    json_field_str(o, "state", b->state);
    json_field_str_or_null(o, "name", b->name);
    json_field_str(o, "folder", b->folder);
    json_field_bool(o, "there", is_there(b));
    json_field_int(o, "size_bytes", b->size_bytes);
    json_field_int(o, "patients", b->patients);
    json_field_int(o, "documents", b->documents);
    json_field_int(o, "missing", b->missing);
    json_field_int(o, "damaged", b->damaged);
    json_field_str_or_null(o, "error_code", b->error_code);
    json_field_id_or_null(o, "created_by", b->created_by);
    json_field_time(o, "created_at", b->created_at_us);
    json_field_time(o, "taken_at", b->taken_at_us);
    json_field_time(o, "ended_at", b->ended_at_us);
    json_put_object_end(o);
}

static enum status put_row(void *ctx, const struct backup *b, struct err *e) {
    (void)e;
    put_backup(ctx, b);
    return OK;
}

static enum status list_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct page_request page;
    int64_t count;
    enum status s;

    if ((s = page_request_parse(rq, &page, e)) != OK || (s = backup_rows(rq->db, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &o, e)) != OK) return s;
    if ((s = backup_each(rq->db, 0, page.size, page.offset, put_row, &o, e)) != OK) return s;
    page_end(&o);
    return OK;
}

static enum status make_post(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    int64_t id;
    enum status s = backup_request(rq->room, rq->db, rq->who.user_id, rq->now_us, &id, e);
    return s == OK ? backup_each(rq->db, id, 1, 0, put_row, &o, e) : s;
}

/* A copy on the disk of the data is lost with it. */
static bool same_disk(const struct backups *room) {
    struct stat data, folder;
    return stat(room->data_dir.p, &data) == 0 && stat(room->folder.p, &folder) == 0 &&
           data.st_dev == folder.st_dev;
}

static enum status state_get(struct request *rq, struct reply *re, struct err *e) {
    const struct backups *room = rq->room;
    struct json_out o = json_out_to(&re->body);
    struct statvfs disk;
    int64_t last_us;
    enum status s = backup_last(rq->db, &last_us, e);

    if (s != OK) return s;
    bool known = statvfs(room->folder.p, &disk) == 0 || statvfs(room->data_dir.p, &disk) == 0;
    json_put_object(&o);
    json_field_str(&o, "folder", room->folder);
    json_field_bool(&o, "same_disk", same_disk(room));
    json_field_int(&o, "every_hours", room->every_us / HOUR_US);
    json_field_int(&o, "keep", room->keep);
    json_field_int(&o, "free_bytes", known ? (int64_t)disk.f_bavail * (int64_t)disk.f_frsize : 0);
    json_field_time(&o, "last_taken_at", last_us);
    json_field_bool(&o, "late", backup_is_late(room, last_us, rq->now_us));
    json_put_object_end(&o);
    return OK;
}

static const struct query_param params[] = { { "page", "Page number, from 1" },
                                             { "page_size", "Rows a page, at most 100" },
                                             { 0 } };

const struct route backups_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/backups/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER,
      .handler = list_get,
      .summary = "The backups that were made or tried, newest first",
      .response_schema = "BackupList",
      .success = 200,
      .query = params },
    { .method = HTTP_POST,
      .path = "/api/backups/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER,
      .handler = make_post,
      .summary = "Make a backup now and prove it; progress is told as \"backup\" on /api/events/",
      .response_schema = "Backup",
      .success = 202 },
    { .method = HTTP_GET,
      .path = "/api/backups/state/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER, /* a disk that is not there may take its time */
      .handler = state_get,
      .summary = "Where backups go, how often, and whether the last good one is too old",
      .response_schema = "BackupState",
      .success = 200 },
    { .path = NULL },
};
