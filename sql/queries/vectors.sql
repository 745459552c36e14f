-- Vectors of passages, by the space in which they may be compared.

-- name: embedding_space_add  params: 3  columns: 0
INSERT INTO embedding_space (name, dimensions, created_at_us) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- name: embedding_space_get  params: 1  columns: 2
SELECT id, dimensions FROM embedding_space WHERE name = $1;

-- In the order of chunk_list_of_patient.
-- name: chunk_vector_list_of_patient  params: 2  columns: 3
SELECT c.document_id, c.id, v.vector
  FROM chunk AS c
  JOIN chunk_vector AS v ON v.chunk_id = c.id AND v.space_id = (SELECT id FROM embedding_space WHERE name = $2)
 WHERE c.patient_id = $1
 ORDER BY c.document_id, c.position;

-- A passage that went meanwhile, or another patient's, gets none.
-- name: chunk_vector_put  params: 4  columns: 0
INSERT INTO chunk_vector (chunk_id, space_id, patient_id, vector)
SELECT id, $2, patient_id, $4 FROM chunk WHERE id = $1 AND patient_id = $3
ON CONFLICT (chunk_id, space_id) DO UPDATE SET vector = excluded.vector;

-- name: chunk_vector_delete_of_patient  params: 1  columns: 0
DELETE FROM chunk_vector WHERE patient_id = $1;

-- Passages without a vector of the space $2, of a patient whose newest word on $3 is yes.
-- name: chunk_without_vector  params: 4  columns: 6
SELECT c.id, c.document_id, d.title, d.author, c.heading, c.text
  FROM chunk AS c
  JOIN document AS d ON d.id = c.document_id
 WHERE c.patient_id = $1
   AND NOT EXISTS (SELECT 1 FROM chunk_vector AS v JOIN embedding_space AS s ON s.id = v.space_id
                    WHERE v.chunk_id = c.id AND s.name = $2)
   AND (SELECT n.granted FROM consent AS n WHERE n.patient_id = $1 AND n.purpose = $3 ORDER BY n.id DESC LIMIT 1) = 1
 ORDER BY c.id LIMIT $4;

-- The next patient after $1 with such passages.
-- name: patient_without_vectors  params: 3  columns: 1
SELECT p.id FROM patient AS p
 WHERE p.id > $1
   AND (SELECT n.granted FROM consent AS n WHERE n.patient_id = p.id AND n.purpose = $3 ORDER BY n.id DESC LIMIT 1) = 1
   AND EXISTS (SELECT 1 FROM chunk AS c
                WHERE c.patient_id = p.id
                  AND NOT EXISTS (SELECT 1 FROM chunk_vector AS v JOIN embedding_space AS s ON s.id = v.space_id
                                   WHERE v.chunk_id = c.id AND s.name = $2))
 ORDER BY p.id LIMIT 1;

-- Passages of patients who agreed to $2, and how many of them have a vector of the space $1.
-- name: embedding_progress  params: 2  columns: 2
SELECT count(*),
       coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM chunk_vector AS v JOIN embedding_space AS s ON s.id = v.space_id
                                       WHERE v.chunk_id = c.id AND s.name = $1) THEN 1 ELSE 0 END), 0)
  FROM chunk AS c
 WHERE (SELECT n.granted FROM consent AS n WHERE n.patient_id = c.patient_id AND n.purpose = $2 ORDER BY n.id DESC LIMIT 1) = 1;

-- Vectors of any other space than $1; some at a time, because a long delete makes others wait.
-- name: chunk_vector_delete_other_spaces  params: 2  columns: 0
DELETE FROM chunk_vector
 WHERE chunk_id IN (SELECT v.chunk_id FROM chunk_vector AS v JOIN embedding_space AS s ON s.id = v.space_id
                     WHERE s.name <> $1 LIMIT $2)
   AND space_id IN (SELECT id FROM embedding_space WHERE name <> $1);

-- name: chunk_vector_count_other_spaces  params: 1  columns: 1
SELECT count(*) FROM chunk_vector AS v JOIN embedding_space AS s ON s.id = v.space_id WHERE s.name <> $1;

-- name: embedding_space_delete_others  params: 1  columns: 0
DELETE FROM embedding_space WHERE name <> $1;

-- Patients who have vectors although they do not (or no longer) agree to $2.
-- name: patient_with_vectors_without_consent  params: 2  columns: 1
SELECT p.id FROM patient AS p
 WHERE p.id > $1 AND EXISTS (SELECT 1 FROM chunk_vector AS v WHERE v.patient_id = p.id)
   AND coalesce((SELECT n.granted FROM consent AS n WHERE n.patient_id = p.id AND n.purpose = $2 ORDER BY n.id DESC LIMIT 1), 0) = 0
 ORDER BY p.id LIMIT 1;

-- Published passages without a vector of the space $1.
-- name: advice_without_vector  params: 2  columns: 5
SELECT c.id, c.advice_id, a.title, c.heading, c.text
  FROM advice_chunk AS c
  JOIN advice AS a ON a.id = c.advice_id
 WHERE NOT EXISTS (SELECT 1 FROM advice_vector AS v JOIN embedding_space AS s ON s.id = v.space_id
                    WHERE v.chunk_id = c.id AND s.name = $1)
 ORDER BY c.id LIMIT $2;

-- name: advice_vector_put  params: 3  columns: 0
INSERT INTO advice_vector (chunk_id, space_id, vector) SELECT id, $2, $3 FROM advice_chunk WHERE id = $1
ON CONFLICT (chunk_id, space_id) DO UPDATE SET vector = excluded.vector;

-- In the order of advice_chunk_list.
-- name: advice_vector_list  params: 1  columns: 3
SELECT c.advice_id, c.id, v.vector
  FROM advice_chunk AS c
  JOIN advice_vector AS v ON v.chunk_id = c.id AND v.space_id = (SELECT id FROM embedding_space WHERE name = $1)
 ORDER BY c.advice_id, c.position;

-- name: advice_vector_progress  params: 1  columns: 2
SELECT count(*),
       coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM advice_vector AS v JOIN embedding_space AS s ON s.id = v.space_id
                                       WHERE v.chunk_id = c.id AND s.name = $1) THEN 1 ELSE 0 END), 0)
  FROM advice_chunk AS c;

-- How the last run over everything stands.
-- name: embedding_last_run  params: 1  columns: 4
SELECT state, last_error, due_at_us, finished_at_us FROM job WHERE kind = $1 ORDER BY id DESC LIMIT 1;

-- name: patient_with_vectors  params: 1  columns: 1
SELECT DISTINCT v.patient_id FROM chunk_vector AS v
 WHERE v.space_id = (SELECT id FROM embedding_space WHERE name = $1)
 ORDER BY v.patient_id;
