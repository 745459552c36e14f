-- part: found
-- $1 status or '', $2 to $6 LIKE patterns or '', $7 whether it ever answered: 'never', 'ever' or ''
($1 = '' OR status = $1)
   AND ($2 = '' OR search_text LIKE $2 ESCAPE '!')
   AND ($3 = '' OR search_text LIKE $3 ESCAPE '!')
   AND ($4 = '' OR search_text LIKE $4 ESCAPE '!')
   AND ($5 = '' OR search_text LIKE $5 ESCAPE '!')
   AND ($6 = '' OR search_text LIKE $6 ESCAPE '!')
   AND ($7 = '' OR ($7 = 'ever') = EXISTS (SELECT 1 FROM advice_answer AS w WHERE w.advice_id = advice.id))

-- name: advice_insert  params: 6  columns: 1
INSERT INTO advice (title, body, search_text, language, status, version, file_name, blob_name, reading, error_code,
                    created_by, created_at_us, updated_by, updated_at_us)
VALUES ($1, $2, $3, $4, 'draft', 1, '', '', '', '', $5, $6, $5, $6) RETURNING id;

-- name: advice_by_id  params: 1  columns: 17
SELECT id, title, body, length(body), language, status, version, file_name, blob_name, reading, error_code,
       created_by, created_at_us, updated_by, updated_at_us, published_by, published_at_us
  FROM advice WHERE id = $1;

-- Without the texts.
-- name: advice_list  params: 9  columns: 17
-- $8 limit, $9 offset
SELECT id, title, '', length(body), language, status, version, file_name, blob_name, reading, error_code,
       created_by, created_at_us, updated_by, updated_at_us, published_by, published_at_us
  FROM advice
 WHERE {found}
 ORDER BY updated_at_us DESC, id DESC
 LIMIT $8 OFFSET $9;

-- name: advice_count  params: 7  columns: 1
SELECT count(*) FROM advice
 WHERE {found};

-- name: advice_save  params: 14  columns: 0
UPDATE advice
   SET title = $2, body = $3, search_text = $4, language = $5, status = $6, version = version + 1, file_name = $7, blob_name = $8,
       reading = $9, error_code = $10, updated_by = $11, updated_at_us = $12, published_by = $13, published_at_us = $14
 WHERE id = $1;

-- name: advice_delete  params: 1  columns: 0
DELETE FROM advice WHERE id = $1;

-- name: advice_published_length  params: 0  columns: 1
SELECT coalesce(sum(length(body)), 0) FROM advice WHERE status = 'published';

-- name: advice_published_list  params: 0  columns: 3
SELECT id, title, language FROM advice WHERE status = 'published' ORDER BY id;

-- name: advice_chunk_insert  params: 5  columns: 0
INSERT INTO advice_chunk (advice_id, position, heading, text, terms) VALUES ($1, $2, $3, $4, $5);

-- name: advice_chunk_delete  params: 1  columns: 0
DELETE FROM advice_chunk WHERE advice_id = $1;

-- name: advice_chunk_list  params: 0  columns: 5
SELECT id, advice_id, heading, text, terms FROM advice_chunk ORDER BY advice_id, position;

-- name: advice_collection_version  params: 0  columns: 1
SELECT version FROM advice_collection WHERE id = 1;

-- name: advice_collection_touch  params: 0  columns: 0
UPDATE advice_collection SET version = version + 1 WHERE id = 1;

-- One row however often the answer quotes it; none when the sheet was erased meanwhile.
-- name: advice_answer_insert  params: 3  columns: 0
INSERT INTO advice_answer (advice_id, question_id, asked_at_us)
SELECT id, $2, $3 FROM advice WHERE id = $1
ON CONFLICT (advice_id, question_id) DO NOTHING;

-- How many since $2, and when the last was.
-- name: advice_answer_use  params: 2  columns: 2
SELECT (SELECT count(*) FROM advice_answer WHERE advice_id = $1 AND asked_at_us >= $2),
       (SELECT coalesce(max(asked_at_us), 0) FROM advice_answer WHERE advice_id = $1);

-- name: advice_answer_count  params: 1  columns: 1
SELECT count(*) FROM advice_answer WHERE advice_id = $1;

-- name: advice_answer_list  params: 3  columns: 9
SELECT q.id, q.asked_at_us, q.patient_id, trim(p.first_name || ' ' || p.last_name), q.message_id, q.query, q.answer, q.language, q.refused
  FROM advice_answer u JOIN rag_question q ON q.id = u.question_id JOIN patient p ON p.id = q.patient_id
 WHERE u.advice_id = $1
 ORDER BY u.asked_at_us DESC, u.question_id DESC
 LIMIT $2 OFFSET $3;
