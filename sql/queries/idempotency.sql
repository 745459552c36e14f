-- name: idempotency_forget  params: 2  columns: 0
DELETE FROM idempotency WHERE key_hash = $1 AND created_at_us < $2;

-- name: idempotency_insert  params: 3  columns: 0
INSERT INTO idempotency (key_hash, request_hash, http, body, created_at_us) VALUES ($1, $2, 0, NULL, $3)
ON CONFLICT (key_hash) DO NOTHING;

-- name: idempotency_finish  params: 5  columns: 0
UPDATE idempotency SET http = $2, body = $3, patient_id = $4, advice_id = $5 WHERE key_hash = $1;

-- name: idempotency_find  params: 1  columns: 3
SELECT http, request_hash, body FROM idempotency WHERE key_hash = $1;

-- name: idempotency_clean_up  params: 1  columns: 0
DELETE FROM idempotency WHERE created_at_us < $1;
