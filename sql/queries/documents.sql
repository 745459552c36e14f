-- name: document_insert  params: 15  columns: 1
INSERT INTO document (patient_id, title, kind, title_given, kind_given, file_name, mime, size_bytes, content_hash, blob_name, status,
                      error_code, created_by, created_at_us, updated_at_us, document_date, author, date_given, names_another,
                      page_count, illegible_count)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, NULL, '', 0, 0, 0, 0)
ON CONFLICT (patient_id, content_hash) DO NOTHING
RETURNING id;

-- name: document_by_content  params: 2  columns: 1
SELECT id FROM document WHERE patient_id = $1 AND content_hash = $2;

-- name: document_by_id  params: 1  columns: 25
SELECT id, patient_id, title, kind, document_date, author, title_given, kind_given, date_given, names_another, file_name, mime,
       size_bytes, blob_name, status, error_code, page_count, illegible_count, created_by, created_at_us, updated_at_us, indexed_at_us,
       named_patient, named_birth, belongs
  FROM document WHERE id = $1;

-- name: document_count_{scope}  params: 3  columns: 1
-- variants scope: all = $1 = 0 | of_patient = patient_id = $1
SELECT count(*) FROM document WHERE {scope} AND ($2 = '' OR status = $2) AND ($3 = '' OR kind = $3);

-- name: document_list_{scope}  params: 5  columns: 25
-- variants scope: all = $1 = 0 | of_patient = patient_id = $1
SELECT id, patient_id, title, kind, document_date, author, title_given, kind_given, date_given, names_another, file_name, mime,
       size_bytes, blob_name, status, error_code, page_count, illegible_count, created_by, created_at_us, updated_at_us, indexed_at_us,
       named_patient, named_birth, belongs
  FROM document WHERE {scope} AND ($2 = '' OR status = $2) AND ($3 = '' OR kind = $3)
 ORDER BY id DESC LIMIT $4 OFFSET $5;

-- name: document_indexed_of_patient  params: 1  columns: 25
SELECT id, patient_id, title, kind, document_date, author, title_given, kind_given, date_given, names_another, file_name, mime,
       size_bytes, blob_name, status, error_code, page_count, illegible_count, created_by, created_at_us, updated_at_us, indexed_at_us,
       named_patient, named_birth, belongs
  FROM document WHERE patient_id = $1 AND status = 'indexed' ORDER BY id;

-- name: document_blobs_of_patient  params: 1  columns: 1
SELECT blob_name FROM document WHERE patient_id = $1
UNION ALL
SELECT p.blob_name FROM resumable_part p JOIN resumable_upload u ON u.id = p.upload_id WHERE u.patient_id = $1;

-- name: document_has_blob  params: 1  columns: 1
SELECT (SELECT count(*) FROM document WHERE blob_name = $1) + (SELECT count(*) FROM resumable_part WHERE blob_name = $1) +
       (SELECT count(*) FROM advice WHERE blob_name = $1) + (SELECT count(*) FROM message_media WHERE blob_name = $1);

-- name: document_set_status  params: 4  columns: 0
UPDATE document SET status = $2, error_code = $3, updated_at_us = $4 WHERE id = $1;

-- name: document_set_unlocked  params: 5  columns: 0
UPDATE document SET blob_name = $2, size_bytes = $3, status = 'pending', error_code = '', updated_at_us = $4
 WHERE id = $1 AND status = 'failed' AND blob_name = $5;

-- name: document_set_read  params: 12  columns: 0
UPDATE document
   SET status = 'indexed', error_code = $12, author = $2, names_another = CASE WHEN belongs = 1 THEN 0 ELSE $3 END,
       named_patient = $10, named_birth = $11, page_count = $4, illegible_count = $5,
       title = CASE WHEN title_given = 1 OR $6 = '' THEN title ELSE $6 END,
       kind = CASE WHEN kind_given = 1 THEN kind ELSE $7 END,
       document_date = CASE WHEN date_given = 1 THEN document_date ELSE $8 END,
       updated_at_us = $9, indexed_at_us = $9
 WHERE id = $1;

-- name: document_set_given  params: 8  columns: 0
UPDATE document
   SET title = $2, kind = $3, document_date = $4, title_given = $5, kind_given = $6, date_given = $7, updated_at_us = $8
 WHERE id = $1;

-- name: document_confirm_patient  params: 2  columns: 0
UPDATE document SET belongs = 1, names_another = 0, updated_at_us = $2 WHERE id = $1;

-- name: document_unconfirm_patient  params: 3  columns: 0
UPDATE document SET belongs = 0, names_another = $2, updated_at_us = $3 WHERE id = $1 AND belongs = 1;

-- name: document_move  params: 3  columns: 0
-- What was read of it is made again for the new patient.
UPDATE document
   SET patient_id = $2, belongs = 0, names_another = 0, status = 'pending', error_code = '', page_count = 0, illegible_count = 0,
       indexed_at_us = NULL, updated_at_us = $3
 WHERE id = $1;

-- name: document_move_upload  params: 2  columns: 0
UPDATE resumable_upload SET patient_id = $2 WHERE document_id = $1;

-- name: document_delete  params: 1  columns: 0
DELETE FROM document WHERE id = $1;

-- name: page_correction_save  params: 5  columns: 0
INSERT INTO page_correction (document_id, number, text, corrected_by, corrected_at_us) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (document_id, number) DO UPDATE SET text = $3, corrected_by = $4, corrected_at_us = $5;

-- name: page_correction_delete  params: 2  columns: 0
DELETE FROM page_correction WHERE document_id = $1 AND number = $2;

-- name: page_correction_list  params: 1  columns: 3
SELECT number, text, corrected_at_us FROM page_correction WHERE document_id = $1 ORDER BY number;

-- name: document_page_insert  params: 13  columns: 0
INSERT INTO document_page (document_id, number, width, height, source, confidence, legible, text, words, quarters, skew_mdeg, attachment, corners)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: document_page_delete_all  params: 1  columns: 0
DELETE FROM document_page WHERE document_id = $1;

-- name: document_page_count  params: 1  columns: 1
SELECT count(*) FROM document_page WHERE document_id = $1;

-- name: document_page_get  params: 2  columns: 6
SELECT number, width, height, quarters, skew_mdeg, corners FROM document_page WHERE document_id = $1 AND number = $2;

-- name: document_page_list  params: 3  columns: 12
SELECT number, width, height, source, confidence, legible, text, words, quarters, skew_mdeg, attachment, corners
  FROM document_page WHERE document_id = $1 ORDER BY number LIMIT $2 OFFSET $3;
