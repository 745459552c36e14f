-- Messages that leave: the rows themselves are the queue.

-- name: outbox_insert  params: 19  columns: 1
INSERT INTO message (direction, kind, patient_id, phone, body, status, status_rank, dedupe_key, answers_id, after_id,
                     error_code, created_at_us, updated_at_us, lane, due_at_us, transport, template, template_variables, replaces_id,
                     broadcast_id, author_id)
VALUES ('out', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14, $15, $16, $17, $18, $19)
ON CONFLICT (dedupe_key) DO NOTHING
RETURNING id;

-- name: outbox_due  params: 3  columns: 16
-- $1 lane, $2 now, $3 at most
SELECT id, kind, patient_id, phone, body, attempts, in_flight, attempted_at_us, created_at_us, transport, template, template_variables,
       template_name, waiting_for, replaces_id, broadcast_id
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
-- How many wait in each lane to be sent, and since when the oldest does. What waits for a person is none of them.
SELECT lane, count(*), min(created_at_us) FROM message WHERE due_at_us IS NOT NULL AND waiting_for IS NULL GROUP BY lane;

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

-- name: outbox_dress  params: 3  columns: 0
-- It leaves as the template $2, with the words $3; NULL: as free text again.
UPDATE message SET template_name = $2, body = COALESCE($3, body) WHERE id = $1;

-- name: outbox_hold  params: 3  columns: 0
-- $1 id, $2 attempts as seen, $3 until when at the longest
UPDATE message SET waiting_for = 'person', due_at_us = $3 WHERE id = $1 AND attempts = $2 AND in_flight = 0 AND due_at_us IS NOT NULL;

-- name: outbox_first_held  params: 1  columns: 2
-- What a number waits for longest; a replacement stands in the place of what it replaces.
SELECT id, COALESCE(replaces_id, id) FROM message WHERE phone = $1 AND waiting_for IS NOT NULL ORDER BY COALESCE(replaces_id, id), id LIMIT 1;

-- name: outbox_let_go  params: 2  columns: 0
UPDATE message SET waiting_for = NULL, due_at_us = $2 WHERE id = $1 AND waiting_for IS NOT NULL;

-- name: outbox_look_again  params: 2  columns: 0
-- What is held for want of a template of the purpose $1 is looked at again.
UPDATE message SET due_at_us = $2 WHERE waiting_for IS NOT NULL AND template = $1;

-- name: outbox_replacement  params: 1  columns: 1
SELECT id FROM message WHERE replaces_id = $1 ORDER BY id LIMIT 1;

-- name: outbox_replaced  params: 1  columns: 1
SELECT replaces_id FROM message WHERE id = $1 AND replaces_id IS NOT NULL;

-- name: outbox_part_behind  params: 2  columns: 0
-- The part that waits for $1 waits for $2 instead.
UPDATE message SET after_id = $2 WHERE after_id = $1 AND status = 'queued' AND due_at_us IS NULL;

-- name: outbox_cancel  params: 3  columns: 0
-- $1 id, $2 the rank of failed, $3 now. What is on its way cannot be called back.
UPDATE message
   SET status = 'failed', status_rank = $2, error_code = 'not_needed', due_at_us = NULL, waiting_for = NULL, updated_at_us = $3
 WHERE id = $1 AND in_flight = 0 AND status IN ('queued', 'sending');

-- name: outbox_pause_bulk  params: 3  columns: 0
-- $1 the lane, $2 now, $3 until when
UPDATE message SET due_at_us = $3 WHERE lane = $1 AND due_at_us <= $2 AND in_flight = 0;
