-- What people sent beside words.

-- name: media_insert  params: 8  columns: 1
INSERT INTO message_media (message_id, position, ref, type_said, file_name, status, error_code, created_at_us, updated_at_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
RETURNING id;

-- name: media_get  params: 1  columns: 19
SELECT x.id, x.message_id, x.position, x.ref, x.type_said, x.type, x.file_name, x.size_bytes, x.content_hash, x.blob_name, x.status,
       x.error_code, x.document_id, x.created_at_us, x.updated_at_us, x.kept_at_us, m.patient_id, m.phone, m.body
  FROM message_media x JOIN message m ON m.id = x.message_id
 WHERE x.id = $1;

-- name: media_of_message  params: 1  columns: 19
SELECT x.id, x.message_id, x.position, x.ref, x.type_said, x.type, x.file_name, x.size_bytes, x.content_hash, x.blob_name, x.status,
       x.error_code, x.document_id, x.created_at_us, x.updated_at_us, x.kept_at_us, m.patient_id, m.phone, m.body
  FROM message_media x JOIN message m ON m.id = x.message_id
 WHERE x.message_id = $1
 ORDER BY x.position;

-- name: media_of_patient  params: 2  columns: 19
-- Newest first.
SELECT x.id, x.message_id, x.position, x.ref, x.type_said, x.type, x.file_name, x.size_bytes, x.content_hash, x.blob_name, x.status,
       x.error_code, x.document_id, x.created_at_us, x.updated_at_us, x.kept_at_us, m.patient_id, m.phone, m.body
  FROM message m JOIN message_media x ON x.message_id = m.id
 WHERE m.patient_id = $1
 ORDER BY m.id DESC, x.position
 LIMIT $2;

-- name: media_list  params: 4  columns: 19
SELECT x.id, x.message_id, x.position, x.ref, x.type_said, x.type, x.file_name, x.size_bytes, x.content_hash, x.blob_name, x.status,
       x.error_code, x.document_id, x.created_at_us, x.updated_at_us, x.kept_at_us, m.patient_id, m.phone, m.body
  FROM message_media x JOIN message m ON m.id = x.message_id
 WHERE ($1 = '' OR x.status = $1)
   AND ($2 = 0 OR m.patient_id = $2)
 ORDER BY x.id DESC
 LIMIT $3 OFFSET $4;

-- name: media_count  params: 2  columns: 1
SELECT count(*)
  FROM message_media x JOIN message m ON m.id = x.message_id
 WHERE ($1 = '' OR x.status = $1)
   AND ($2 = 0 OR m.patient_id = $2);

-- name: media_count_of_message  params: 1  columns: 1
SELECT count(*) FROM message_media WHERE message_id = $1;

-- name: media_settle  params: 9  columns: 0
UPDATE message_media
   SET status = $2, error_code = $3, type = $4, size_bytes = $5, content_hash = $6, blob_name = $7, kept_at_us = $8, updated_at_us = $9
 WHERE id = $1 AND status = 'waiting';

-- name: media_decide  params: 3  columns: 0
-- A doctor decides once.
UPDATE message_media SET status = $2, updated_at_us = $3 WHERE id = $1 AND status = 'kept';

-- name: media_give_away  params: 2  columns: 0
-- The bytes are the document's now, or nobody's.
UPDATE message_media SET document_id = $2, blob_name = NULL WHERE id = $1;
