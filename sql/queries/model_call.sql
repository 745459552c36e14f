-- name: model_call_insert  params: 16  columns: 0
INSERT INTO model_call (at_us, kind, patient_id, question_id, provider, model, model_version, host, outcome, http_code, requests, texts,
                        sent_bytes, tokens_in, tokens_out, duration_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: model_call_count  params: 3  columns: 1
SELECT count(*) FROM model_call
 WHERE ($1 = '' OR kind = $1) AND ($2 = '' OR outcome = $2) AND ($3 = 0 OR patient_id = $3);

-- name: model_call_list  params: 5  columns: 17
SELECT id, at_us, kind, patient_id, question_id, provider, model, model_version, host, outcome, http_code, requests, texts, sent_bytes,
       tokens_in, tokens_out, duration_us
  FROM model_call
 WHERE ($1 = '' OR kind = $1) AND ($2 = '' OR outcome = $2) AND ($3 = 0 OR patient_id = $3)
 ORDER BY id DESC LIMIT $4 OFFSET $5;

-- name: model_call_day_count  params: 0  columns: 1
SELECT count(*) FROM (SELECT 1 FROM model_call GROUP BY at_us / 86400000000, kind, provider, model) days;

-- name: model_call_days  params: 2  columns: 10
SELECT at_us / 86400000000, kind, provider, model, count(*),
       sum(CASE WHEN outcome IN ('generated', 'OK') THEN 0 ELSE 1 END), sum(requests), sum(sent_bytes), sum(tokens_in), sum(tokens_out)
  FROM model_call GROUP BY at_us / 86400000000, kind, provider, model
 ORDER BY 1 DESC, 2, 3, 4 LIMIT $1 OFFSET $2;

-- name: model_call_delete_before  params: 2  columns: 0
DELETE FROM model_call WHERE id IN (SELECT id FROM model_call WHERE at_us < $1 ORDER BY at_us LIMIT $2);
