-- Questions whose right answer the clinic knows, and runs over them.

-- part: golden
SELECT g.id, g.patient_id, g.question, g.words, g.refuse, g.note, g.answer, g.question_id, g.created_by, g.created_at_us, g.updated_at_us,
       COALESCE(trim(p.first_name || ' ' || p.last_name), '')
  FROM golden_question AS g LEFT JOIN patient AS p ON p.id = g.patient_id

-- name: golden_insert  params: 9  columns: 1
INSERT INTO golden_question (patient_id, question, words, refuse, note, answer, question_id, created_by, created_at_us, updated_at_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) RETURNING id;

-- name: golden_update  params: 6  columns: 0
UPDATE golden_question SET question = $2, words = $3, refuse = $4, note = $5, updated_at_us = $6 WHERE id = $1;

-- name: golden_delete  params: 1  columns: 0
DELETE FROM golden_question WHERE id = $1;

-- name: golden_by_id  params: 1  columns: 12
{golden}
 WHERE g.id = $1;

-- name: golden_count_{scope}  params: 1  columns: 1
-- variants scope: all = $1 = 0 | of_patient = patient_id = $1
SELECT count(*) FROM golden_question WHERE {scope};

-- name: golden_list_{scope}  params: 3  columns: 12
-- variants scope: all = $1 = 0 | of_patient = g.patient_id = $1
{golden}
 WHERE {scope} ORDER BY g.id DESC LIMIT $2 OFFSET $3;

-- name: golden_last_id  params: 0  columns: 1
SELECT coalesce(max(id), 0) FROM golden_question;

-- name: golden_next  params: 2  columns: 12
{golden}
 WHERE g.id > $1 AND g.id <= $2 ORDER BY g.id LIMIT 1;

-- name: rag_question_by_id  params: 1  columns: 4
SELECT patient_id, query, answer, refused FROM rag_question WHERE id = $1;

-- name: evaluation_insert  params: 4  columns: 1
INSERT INTO evaluation (state, total_count, up_to_id, at_id, done_count, passed_count, engine, started_by, created_at_us)
VALUES ('waiting', $1, $2, 0, 0, 0, 'local', $3, $4) RETURNING id;

-- name: evaluation_open_count  params: 0  columns: 1
SELECT count(*) FROM evaluation WHERE state IN ('waiting', 'running');

-- name: evaluation_by_id  params: 1  columns: 12
SELECT id, state, total_count, up_to_id, at_id, done_count, passed_count, engine, started_by, created_at_us, started_at_us, ended_at_us
  FROM evaluation WHERE id = $1;

-- name: evaluation_count  params: 0  columns: 1
SELECT count(*) FROM evaluation;

-- name: evaluation_list  params: 2  columns: 12
SELECT id, state, total_count, up_to_id, at_id, done_count, passed_count, engine, started_by, created_at_us, started_at_us, ended_at_us
  FROM evaluation ORDER BY id DESC LIMIT $1 OFFSET $2;

-- name: evaluation_before  params: 1  columns: 1
SELECT coalesce(max(id), 0) FROM evaluation WHERE id < $1 AND state = 'done';

-- name: evaluation_begin  params: 2  columns: 0
UPDATE evaluation SET state = 'running', started_at_us = coalesce(started_at_us, $2) WHERE id = $1;

-- name: evaluation_end  params: 3  columns: 0
UPDATE evaluation SET state = $2, ended_at_us = $3 WHERE id = $1 AND state IN ('waiting', 'running');

-- A question that went with its patient meanwhile has no result.
-- name: evaluation_result_insert  params: 10  columns: 0
INSERT INTO evaluation_result (evaluation_id, golden_id, asked, passed, answer, why, missing, words, refuse, sources)
SELECT $1, g.id, $3, $4, $5, $6, $7, $8, $9, $10 FROM golden_question AS g WHERE g.id = $2;

-- name: evaluation_progress  params: 4  columns: 0
UPDATE evaluation
   SET at_id = $2, done_count = done_count + 1, passed_count = passed_count + $3,
       engine = CASE WHEN $4 = 'local' THEN engine ELSE $4 END
 WHERE id = $1;

-- name: evaluation_result_list  params: 2  columns: 13
SELECT g.id, g.patient_id, r.asked, COALESCE(r.words, g.words), COALESCE(r.refuse, g.refuse), r.passed, r.answer, r.why, r.missing,
       b.passed, g.note, COALESCE(r.sources, '[]'), COALESCE(trim(p.first_name || ' ' || p.last_name), '')
  FROM evaluation_result AS r
  JOIN golden_question AS g ON g.id = r.golden_id
  LEFT JOIN patient AS p ON p.id = g.patient_id
  LEFT JOIN evaluation_result AS b ON b.evaluation_id = $2 AND b.golden_id = r.golden_id
 WHERE r.evaluation_id = $1 ORDER BY g.id;
