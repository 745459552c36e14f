-- name: resumable_insert  params: 8  columns: 1
INSERT INTO resumable_upload (patient_id, title, kind, file_name, size_bytes, offset_bytes, document_id, created_by, created_at_us, expires_at_us)
VALUES ($1, $2, $3, $4, $5, 0, NULL, $6, $7, $8)
RETURNING id;

-- name: resumable_get  params: 2  columns: 10
-- $2 now
SELECT id, patient_id, title, kind, file_name, size_bytes, offset_bytes, document_id, created_by, expires_at_us
  FROM resumable_upload WHERE id = $1 AND expires_at_us > $2;

-- name: resumable_advance  params: 3  columns: 0
-- $2 where the part starts, $3 its size: of two that start at the same place one wins
UPDATE resumable_upload SET offset_bytes = offset_bytes + $3
 WHERE id = $1 AND offset_bytes = $2 AND offset_bytes + $3 <= size_bytes AND document_id IS NULL;

-- name: resumable_complete  params: 2  columns: 0
UPDATE resumable_upload SET document_id = $2 WHERE id = $1;

-- name: resumable_delete  params: 1  columns: 0
DELETE FROM resumable_upload WHERE id = $1;

-- name: resumable_expired  params: 2  columns: 1
-- $1 now, $2 at most
SELECT id FROM resumable_upload WHERE expires_at_us <= $1 ORDER BY expires_at_us LIMIT $2;

-- name: resumable_part_insert  params: 4  columns: 0
INSERT INTO resumable_part (upload_id, at_bytes, size_bytes, blob_name) VALUES ($1, $2, $3, $4);

-- name: resumable_part_list  params: 1  columns: 2
SELECT size_bytes, blob_name FROM resumable_part WHERE upload_id = $1 ORDER BY at_bytes;

-- name: resumable_part_delete_all  params: 1  columns: 0
DELETE FROM resumable_part WHERE upload_id = $1;
