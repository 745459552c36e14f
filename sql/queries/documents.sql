-- part: document_row
SELECT d.id, d.patient_id, d.title, d.kind, d.document_date, d.author, d.title_given, d.kind_given, d.date_given, d.names_another, d.file_name,
       d.mime, d.size_bytes, d.blob_name, d.status, d.error_code, d.page_count, d.illegible_count, d.created_by, d.created_at_us,
       d.updated_at_us, d.indexed_at_us, d.named_patient, d.named_birth, d.belongs, p.first_name, p.last_name
  FROM document AS d JOIN patient AS p ON p.id = d.patient_id

-- part: open
-- The words of the index document_open, so that it is used: what is being read, and what waits for a person.
(d.status <> 'indexed' OR d.names_another = 1 OR d.illegible_count > 0)

-- name: document_insert  params: 15  columns: 1
INSERT INTO document (patient_id, title, kind, title_given, kind_given, file_name, mime, size_bytes, content_hash, blob_name, status,
                      error_code, created_by, created_at_us, updated_at_us, document_date, author, date_given, names_another,
                      page_count, illegible_count)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, NULL, '', 0, 0, 0, 0)
ON CONFLICT (patient_id, content_hash) DO NOTHING
RETURNING id;

-- name: document_by_content  params: 2  columns: 1
SELECT id FROM document WHERE patient_id = $1 AND content_hash = $2;

-- name: document_by_id  params: 1  columns: 27
{document_row} WHERE d.id = $1;

-- name: document_count_{scope}  params: 3  columns: 1
-- variants scope: all = $1 = 0 | of_patient = d.patient_id = $1
SELECT count(*) FROM document AS d WHERE {scope} AND ($2 = '' OR d.status = $2) AND ($3 = '' OR d.kind = $3);

-- name: document_list_{scope}  params: 5  columns: 27
-- variants scope: all = $1 = 0 | of_patient = d.patient_id = $1
{document_row} WHERE {scope} AND ($2 = '' OR d.status = $2) AND ($3 = '' OR d.kind = $3)
 ORDER BY d.id DESC LIMIT $4 OFFSET $5;

-- name: document_open_count_{need}  params: 3  columns: 1
-- variants need: reading = d.status IN ('pending', 'processing') | failed = d.status = 'failed' AND d.error_code <> 'encrypted' | locked = d.status = 'failed' AND d.error_code = 'encrypted' | other_patient = d.status = 'indexed' AND d.names_another = 1 | illegible = d.status = 'indexed' AND d.illegible_count > 0 | check = d.status NOT IN ('pending', 'processing')
SELECT count(*) FROM document AS d
 WHERE {open} AND {need} AND $1 IN (0, d.patient_id) AND ($2 = '' OR d.status = $2) AND ($3 = '' OR d.kind = $3);

-- name: document_open_list_{need}  params: 5  columns: 27
-- variants need: reading = d.status IN ('pending', 'processing') | failed = d.status = 'failed' AND d.error_code <> 'encrypted' | locked = d.status = 'failed' AND d.error_code = 'encrypted' | other_patient = d.status = 'indexed' AND d.names_another = 1 | illegible = d.status = 'indexed' AND d.illegible_count > 0 | check = d.status NOT IN ('pending', 'processing')
{document_row}
 WHERE {open} AND {need} AND $1 IN (0, d.patient_id) AND ($2 = '' OR d.status = $2) AND ($3 = '' OR d.kind = $3)
 ORDER BY d.id DESC LIMIT $4 OFFSET $5;

-- name: document_needs  params: 0  columns: 6
SELECT COALESCE(sum(CASE WHEN d.status IN ('pending', 'processing') THEN 1 ELSE 0 END), 0),
       COALESCE(sum(CASE WHEN d.status = 'failed' AND d.error_code <> 'encrypted' THEN 1 ELSE 0 END), 0),
       COALESCE(sum(CASE WHEN d.status = 'failed' AND d.error_code = 'encrypted' THEN 1 ELSE 0 END), 0),
       COALESCE(sum(CASE WHEN d.status = 'indexed' AND d.names_another = 1 THEN 1 ELSE 0 END), 0),
       COALESCE(sum(CASE WHEN d.status = 'indexed' AND d.illegible_count > 0 THEN 1 ELSE 0 END), 0),
       COALESCE(sum(CASE WHEN d.status NOT IN ('pending', 'processing') THEN 1 ELSE 0 END), 0)
  FROM document AS d WHERE {open};

-- name: document_indexed_of_patient  params: 1  columns: 27
{document_row} WHERE d.patient_id = $1 AND d.status = 'indexed' ORDER BY d.id;

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

-- name: page_correction_version  params: 2  columns: 1
SELECT COALESCE(max(corrected_at_us), 0) FROM page_correction WHERE document_id = $1 AND number = $2;

-- name: document_outline  params: 1  columns: 5
SELECT number, source, confidence, legible, attachment FROM document_page WHERE document_id = $1 ORDER BY number;

-- name: document_page_insert  params: 13  columns: 0
INSERT INTO document_page (document_id, number, width, height, source, confidence, legible, text, words, quarters, skew_mdeg, attachment, corners)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: document_page_delete_all  params: 1  columns: 0
DELETE FROM document_page WHERE document_id = $1;

-- name: document_page_count  params: 1  columns: 1
SELECT count(*) FROM document_page WHERE document_id = $1;

-- name: document_page_get  params: 2  columns: 6
SELECT number, width, height, quarters, skew_mdeg, corners FROM document_page WHERE document_id = $1 AND number = $2;

-- name: document_page_list  params: 3  columns: 14
SELECT p.number, p.width, p.height, p.source, p.confidence, p.legible, p.text, p.words, p.quarters, p.skew_mdeg, p.attachment, p.corners,
       COALESCE(c.corrected_at_us, 0), COALESCE(NULLIF(u.full_name, ''), u.email, '')
  FROM document_page AS p LEFT JOIN page_correction AS c ON c.document_id = p.document_id AND c.number = p.number
       LEFT JOIN app_user AS u ON u.id = c.corrected_by
 WHERE p.document_id = $1 ORDER BY p.number LIMIT $2 OFFSET $3;
