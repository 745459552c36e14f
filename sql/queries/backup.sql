-- name: backup_insert  params: 4  columns: 1
-- $1 state, $2 folder, $3 created_by or 0, $4 now
INSERT INTO backup (state, name, folder, size_bytes, patients, documents, missing, damaged, error_code, created_by, created_at_us)
VALUES ($1, '', $2, 0, 0, 0, 0, 0, '', $3, $4) RETURNING id;

-- name: backup_under_way  params: 0  columns: 1
SELECT count(*) FROM backup WHERE state IN ('waiting', 'running');

-- name: backup_set_state  params: 4  columns: 0
-- $1 id, $2 state, $3 error_code, $4 when it ended, or NULL
UPDATE backup SET state = $2, error_code = $3, ended_at_us = $4 WHERE id = $1 AND state IN ('waiting', 'running');

-- name: backup_set_proven  params: 9  columns: 0
UPDATE backup SET state = 'proven', error_code = '', name = $2, size_bytes = $3, patients = $4, documents = $5, missing = $6, damaged = $7,
       taken_at_us = $8, ended_at_us = $9
 WHERE id = $1;

-- name: backup_list  params: 3  columns: 15
-- $1 id, or 0 for all
SELECT id, state, name, folder, size_bytes, patients, documents, missing, damaged, error_code, created_by, created_at_us, taken_at_us, ended_at_us, 0
  FROM backup WHERE ($1 = 0 OR id = $1) ORDER BY id DESC LIMIT $2 OFFSET $3;

-- name: backup_count  params: 0  columns: 1
SELECT count(*) FROM backup;

-- name: backup_last_proven  params: 0  columns: 1
SELECT coalesce(max(taken_at_us), 0) FROM backup WHERE state = 'proven';

-- name: backup_last_asked  params: 0  columns: 1
-- Whatever came of it: what failed is not tried again at every look.
SELECT coalesce(max(created_at_us), 0) FROM backup;

-- name: backup_clean  params: 1  columns: 0
DELETE FROM backup WHERE created_at_us < $1 AND state IN ('proven', 'failed');

-- Originals that rows name, by name; -1: their size is not known.
-- name: backup_blobs_after  params: 2  columns: 2
SELECT blob_name, max(size_bytes) FROM (
    SELECT blob_name, size_bytes FROM document
    UNION ALL SELECT blob_name, -1 FROM advice WHERE blob_name <> ''
    UNION ALL SELECT blob_name, size_bytes FROM message_media WHERE blob_name IS NOT NULL
    UNION ALL SELECT blob_name, size_bytes FROM resumable_part) AS named
 WHERE blob_name > $1 GROUP BY blob_name ORDER BY blob_name LIMIT $2;

-- name: backup_counts  params: 0  columns: 4
SELECT (SELECT count(*) FROM patient), (SELECT count(*) FROM document), (SELECT count(*) FROM message), (SELECT count(*) FROM audit);

-- What waited to be sent when the backup was made may have left since: nobody is written to twice. What was on its way is asked about.
-- name: restore_hold_messages  params: 2  columns: 0
-- $1 now, $2 the rank of failed
UPDATE message SET status = 'failed', status_rank = $2, error_code = 'restored', due_at_us = NULL, waiting_for = NULL, updated_at_us = $1
 WHERE direction = 'out' AND in_flight = 0 AND status = 'queued';

-- name: restore_hold_jobs  params: 1  columns: 0
UPDATE job SET state = 'dead', due_at_us = NULL, finished_at_us = $1, last_error = 'E_CONFLICT restored: it may have been done after the backup'
 WHERE state IN ('ready', 'running') AND kind IN ('patient.send_activation', 'notification.mail');

-- name: restore_hold_broadcasts  params: 1  columns: 0
UPDATE broadcast SET status = 'cancelled', error_code = 'restored', finished_at_us = $1, updated_at_us = $1
 WHERE status IN ('sending', 'paused') OR (status = 'scheduled' AND scheduled_at_us <= $1);

-- name: restore_end_backups  params: 1  columns: 0
UPDATE backup SET state = 'failed', error_code = 'restored', ended_at_us = $1 WHERE state IN ('waiting', 'running');
