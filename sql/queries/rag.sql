-- name: chunk_insert  params: 12  columns: 0
INSERT INTO chunk (patient_id, document_id, page, position, x, y, w, h, confidence, heading, text, terms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: chunk_delete_of_document  params: 1  columns: 0
DELETE FROM chunk WHERE document_id = $1;

-- name: chunk_list_of_patient  params: 1  columns: 11
SELECT id, document_id, page, x, y, w, h, confidence, heading, text, terms
  FROM chunk WHERE patient_id = $1 ORDER BY document_id, position;

-- name: rag_session_by_key  params: 1  columns: 5
SELECT id, patient_id, context_intent, context_subject, context_until_us FROM rag_session WHERE session_key = $1;

-- The first two questions of a session may come at the same moment. No row: the session is another patient's.
-- name: rag_session_insert  params: 7  columns: 1
INSERT INTO rag_session (patient_id, session_key, context_intent, context_subject, context_until_us, question_count, escalated_count,
                         created_at_us, last_at_us)
VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $7)
ON CONFLICT (session_key) DO UPDATE
   SET context_intent = excluded.context_intent, context_subject = excluded.context_subject,
       context_until_us = excluded.context_until_us, question_count = rag_session.question_count + 1,
       escalated_count = rag_session.escalated_count + excluded.escalated_count, last_at_us = excluded.last_at_us
 WHERE rag_session.patient_id = excluded.patient_id
RETURNING id;

-- name: rag_session_update  params: 6  columns: 0
UPDATE rag_session
   SET context_intent = $2, context_subject = $3, context_until_us = $4, question_count = question_count + 1,
       escalated_count = escalated_count + $5, last_at_us = $6
 WHERE id = $1;

-- name: rag_question_insert  params: 15  columns: 1
INSERT INTO rag_question (session_id, patient_id, message_id, asked_by, asked_at_us, query, answer, language, intent, sources, grounded,
                          escalated, refused, engine, timings)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id;

-- name: rag_question_by_message  params: 1  columns: 11
SELECT q.id, q.patient_id, q.answer, q.language, q.intent, q.sources, q.grounded, q.escalated, q.refused, s.session_key, q.engine
  FROM rag_question q JOIN rag_session s ON s.id = q.session_id WHERE q.message_id = $1;

-- name: rag_conversation_count_{scope}  params: 1  columns: 1
-- variants scope: all = $1 = 0 | of_patient = patient_id = $1
SELECT count(*) FROM rag_session WHERE {scope};

-- name: rag_conversation_list_{scope}  params: 3  columns: 7
-- variants scope: all = $1 = 0 | of_patient = patient_id = $1
SELECT id, patient_id, session_key, question_count, escalated_count, created_at_us, last_at_us
  FROM rag_session WHERE {scope} ORDER BY last_at_us DESC, id DESC LIMIT $2 OFFSET $3;

-- name: rag_conversation_by_id  params: 1  columns: 7
SELECT id, patient_id, session_key, question_count, escalated_count, created_at_us, last_at_us FROM rag_session WHERE id = $1;

-- name: rag_question_list_of_{owner}  params: 2  columns: 13
-- variants owner: session = session_id = $1 | patient = patient_id = $1
SELECT id, session_id, asked_at_us, query, answer, language, intent, sources, grounded, escalated, refused, engine, timings
  FROM rag_question WHERE {owner} ORDER BY id DESC LIMIT $2;
