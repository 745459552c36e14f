-- Messages that leave: the rows themselves are the queue.

-- name: outbox_insert  params: 13  columns: 1
INSERT INTO message (direction, kind, patient_id, phone, body, status, status_rank, dedupe_key, answers_id, after_id,
                     error_code, created_at_us, updated_at_us, lane, due_at_us)
VALUES ('out', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13)
ON CONFLICT (dedupe_key) DO NOTHING
RETURNING id;

-- name: outbox_due  params: 3  columns: 12
-- $1 lane, $2 now, $3 at most
SELECT id, kind, patient_id, phone, body, attempts, in_flight, attempted_at_us, created_at_us, transport, template, template_variables
  FROM message
 WHERE lane = $1 AND due_at_us <= $2
 ORDER BY due_at_us
 LIMIT $3;

-- name: outbox_next_due  params: 1  columns: 1
SELECT due_at_us FROM message WHERE lane = $1 AND due_at_us IS NOT NULL ORDER BY due_at_us LIMIT 1;

-- name: outbox_hand_over  params: 5  columns: 0
-- $1 id, $2 attempts as seen, $3 now, $4 end of the lease, $5 the rank of sending. The status stays "uncertain" where it is that already.
UPDATE message
   SET status = CASE WHEN status_rank < $5 THEN 'sending' ELSE status END,
       status_rank = CASE WHEN status_rank < $5 THEN $5 ELSE status_rank END,
       in_flight = 1, attempts = attempts + 1, attempted_at_us = $3, updated_at_us = $3, due_at_us = $4
 WHERE id = $1 AND attempts = $2 AND in_flight = 0 AND due_at_us IS NOT NULL;

-- name: outbox_postpone  params: 3  columns: 0
-- $1 id, $2 attempts as seen, $3 when it is looked at again
UPDATE message SET due_at_us = $3 WHERE id = $1 AND attempts = $2 AND due_at_us IS NOT NULL;

-- name: outbox_outcome  params: 11  columns: 0
-- Of the hand-over number $2 only: a run that was overtaken changes nothing.
UPDATE message
   SET status = CASE WHEN status_rank < $4 THEN $3 ELSE status END,
       status_rank = CASE WHEN status_rank < $4 THEN $4 ELSE status_rank END,
       in_flight = $5, provider_sid = COALESCE($6, provider_sid), updated_at_us = $8,
       error_code = CASE WHEN status_rank <= $4 THEN $7 ELSE error_code END,
       sent_at_us = COALESCE(sent_at_us, $9), due_at_us = $10,
       ask_at_us = CASE WHEN status_rank < $4 THEN $11 ELSE ask_at_us END
 WHERE id = $1 AND attempts = $2;

-- name: outbox_next_part  params: 1  columns: 1
SELECT id FROM message WHERE after_id = $1 AND status = 'queued' ORDER BY id LIMIT 1;

-- name: outbox_wake_part  params: 2  columns: 0
UPDATE message SET due_at_us = $2 WHERE id = $1 AND status = 'queued' AND due_at_us IS NULL;

-- name: outbox_shift  params: 1  columns: 0
-- Leases stay as they are: longer ones do no harm.
UPDATE message SET due_at_us = due_at_us + $1 WHERE due_at_us IS NOT NULL AND in_flight = 0;

-- name: outbox_release  params: 1  columns: 0
-- What a process that died had under way is looked at now.
UPDATE message SET due_at_us = $1 WHERE in_flight = 1 AND due_at_us > $1;

-- name: outbox_waiting  params: 0  columns: 3
-- How many wait in each lane, and since when the oldest does.
SELECT lane, count(*), min(created_at_us) FROM message WHERE due_at_us IS NOT NULL GROUP BY lane;

-- name: outbox_unreported  params: 2  columns: 4
-- $1 now, $2 at most
SELECT id, patient_id, provider_sid, sent_at_us FROM message WHERE ask_at_us <= $1 AND provider_sid IS NOT NULL ORDER BY ask_at_us LIMIT $2;

-- name: outbox_ask_again  params: 2  columns: 0
-- $2: when; NULL: never. What was reported meanwhile stays unasked.
UPDATE message SET ask_at_us = $2 WHERE id = $1 AND ask_at_us IS NOT NULL;

-- name: sender_rate_lock  params: 2  columns: 1
-- The row of a sender, made when it is new ($2: from when on), and kept from others until the transaction ends.
INSERT INTO sender_rate (sender, next_us) VALUES ($1, $2)
ON CONFLICT (sender) DO UPDATE SET next_us = sender_rate.next_us
RETURNING next_us;

-- name: sender_rate_set  params: 2  columns: 0
UPDATE sender_rate SET next_us = $2 WHERE sender = $1;
