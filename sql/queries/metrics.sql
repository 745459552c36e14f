-- name: metrics_jobs  params: 0  columns: 3
-- What is to be done, and what was given up. What is done is counted where it ends.
SELECT kind, state, count(*) FROM job WHERE state IN ('ready', 'running', 'dead') GROUP BY kind, state ORDER BY kind, state;

-- name: metrics_messages  params: 1  columns: 3
-- $1 since when
SELECT direction, status, count(*) FROM message WHERE created_at_us >= $1 GROUP BY direction, status ORDER BY direction, status;

-- name: metrics_broadcasts  params: 0  columns: 2
SELECT status, count(*) FROM broadcast GROUP BY status ORDER BY status;

-- name: metrics_recipients  params: 0  columns: 2
SELECT state, sum(n) FROM broadcast_count GROUP BY state ORDER BY state;

-- name: metrics_recipient_reasons  params: 0  columns: 3
-- Why somebody got nothing, the commonest first.
SELECT state, reason, sum(n) FROM broadcast_count WHERE reason <> '' GROUP BY state, reason HAVING sum(n) > 0 ORDER BY sum(n) DESC, state, reason;

-- name: metrics_documents  params: 0  columns: 2
SELECT status, count(*) FROM document GROUP BY status ORDER BY status;

-- name: metrics_model_calls  params: 1  columns: 6
-- $1 since when
SELECT kind, provider, outcome, count(*), sum(tokens_in), sum(tokens_out)
  FROM model_call WHERE at_us >= $1 GROUP BY kind, provider, outcome ORDER BY kind, provider, outcome;

-- name: metric_sample_insert  params: 7  columns: 0
INSERT INTO metric_sample (at_us, sending, model, embedder, waiting, oldest_us, dead_jobs) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (at_us) DO NOTHING;

-- name: metric_sample_delete  params: 2  columns: 0
DELETE FROM metric_sample WHERE at_us IN (SELECT at_us FROM metric_sample WHERE at_us < $1 ORDER BY at_us LIMIT $2);

-- name: metric_sample_list  params: 2  columns: 7
SELECT at_us, sending, model, embedder, waiting, oldest_us, dead_jobs FROM metric_sample WHERE at_us >= $1 AND at_us < $2 ORDER BY at_us;

-- name: metric_sample_first  params: 0  columns: 1
SELECT COALESCE(min(at_us), 0) FROM metric_sample;

-- name: activity_messages  params: 1  columns: 8
-- In the order of time: received or not, of a broadcast or not, whose, how far it came (0 waits, 1 sent, 2 delivered, 3 read, 4 failed,
-- 5 another took its place, or nobody needs it), when it left, how long the person who asked has waited for it, why it failed.
SELECT m.created_at_us, CASE WHEN m.direction = 'in' THEN 1 ELSE 0 END, CASE WHEN m.kind = 'bulk' THEN 1 ELSE 0 END, COALESCE(m.patient_id, 0),
       CASE m.status WHEN 'read' THEN 3 WHEN 'delivered' THEN 2 WHEN 'sent' THEN 1 WHEN 'accepted' THEN 1
            WHEN 'failed' THEN CASE WHEN m.error_code = 'not_needed' OR EXISTS (SELECT 1 FROM message r WHERE r.replaces_id = m.id) THEN 5 ELSE 4 END
            ELSE 0 END,
       COALESCE(m.sent_at_us, m.created_at_us),
       CASE WHEN m.after_id IS NULL THEN m.sent_at_us - q.created_at_us END,
       COALESCE(m.error_code, '')
  FROM message AS m
  LEFT JOIN message AS q ON q.id = m.answers_id
 WHERE m.created_at_us >= $1
 ORDER BY m.created_at_us;

-- name: activity_questions  params: 1  columns: 5
SELECT asked_at_us, intent, refused, escalated, engine FROM rag_question WHERE asked_at_us >= $1;

-- name: activity_asked_at_once  params: 1  columns: 2
-- Who asked through the API has waited as long as the answer took; by WhatsApp, for the message.
SELECT asked_at_us, timings FROM rag_question WHERE asked_at_us >= $1 AND message_id IS NULL;

-- name: activity_documents  params: 1  columns: 4
SELECT created_at_us, status, error_code, indexed_at_us FROM document WHERE created_at_us >= $1;

-- name: activity_model_calls  params: 1  columns: 5
SELECT at_us, kind, outcome, tokens_in, tokens_out FROM model_call WHERE at_us >= $1;
