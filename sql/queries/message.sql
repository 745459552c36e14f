-- Messages in and out and their history.

-- part: row
SELECT id, direction, kind, patient_id, phone, body, status, provider_sid, error_code, answers_id, after_id, in_flight,
       attempts, attempted_at_us, created_at_us, updated_at_us, sent_at_us, delivered_at_us, read_at_us, dedupe_key, transport,
       replaces_id, template, template_variables, template_name, waiting_for, broadcast_id, author_id
  FROM message

-- name: message_insert_in  params: 5  columns: 1
INSERT INTO message (direction, kind, patient_id, phone, body, status, status_rank, provider_sid, created_at_us, updated_at_us)
VALUES ('in', 'text', $1, $2, $3, 'received', 0, $4, $5, $5)
ON CONFLICT (provider_sid) DO NOTHING
RETURNING id;

-- name: message_id_by_sid  params: 1  columns: 1
SELECT id FROM message WHERE provider_sid = $1;

-- name: message_get  params: 1  columns: 28
{row}
 WHERE id = $1;

-- name: message_patient_name  params: 1  columns: 1
SELECT first_name || ' ' || last_name FROM patient WHERE id = $1;

-- name: message_bulk  params: 1  columns: 2
SELECT broadcast_id, patient_id FROM message WHERE id = $1 AND broadcast_id IS NOT NULL;

-- name: message_list  params: 6  columns: 28
{row}
 WHERE ($1 = 0 OR patient_id = $1)
   AND ($2 = '' OR status = $2)
   AND ($3 = '' OR direction = $3)
   AND ($4 = '' OR phone = $4)
 ORDER BY id DESC
 LIMIT $5 OFFSET $6;

-- name: message_list_of_patient  params: 5  columns: 28
{row}
 WHERE patient_id = $1
   AND ($2 = '' OR status = $2)
   AND ($3 = '' OR direction = $3)
 ORDER BY id DESC
 LIMIT $4 OFFSET $5;

-- name: message_list_of_status  params: 4  columns: 28
{row}
 WHERE status = $1
   AND ($2 = '' OR direction = $2)
 ORDER BY id DESC
 LIMIT $3 OFFSET $4;

-- name: message_list_of_phone  params: 3  columns: 28
{row}
 WHERE phone = $1
 ORDER BY id DESC
 LIMIT $2 OFFSET $3;

-- name: message_thread_of_{whom}  params: 3  columns: 28
-- variants whom: patient = patient_id = $1 | phone = phone = $1
-- The oldest first. $2 limit, $3 offset
{row}
 WHERE {whom}
 ORDER BY id
 LIMIT $2 OFFSET $3;

-- name: message_thread_before_{whom}  params: 2  columns: 1
-- variants whom: patient = patient_id = $1 | phone = phone = $1
-- How many are older than message $2 of the thread; no row when it is not of it.
SELECT (SELECT count(*) FROM message WHERE {whom} AND id < $2) FROM message WHERE {whom} AND id = $2;

-- name: message_count  params: 4  columns: 1
SELECT count(*)
  FROM message
 WHERE ($1 = 0 OR patient_id = $1)
   AND ($2 = '' OR status = $2)
   AND ($3 = '' OR direction = $3)
   AND ($4 = '' OR phone = $4);

-- name: message_count_all  params: 0  columns: 1
-- From the smallest index, without a look at the messages.
SELECT count(*) FROM message;

-- name: message_count_of_patient  params: 3  columns: 1
SELECT count(*)
  FROM message
 WHERE patient_id = $1
   AND ($2 = '' OR status = $2)
   AND ($3 = '' OR direction = $3);

-- name: message_count_of_status  params: 2  columns: 1
SELECT count(*) FROM message WHERE status = $1 AND ($2 = '' OR direction = $2);

-- name: message_count_of_phone  params: 1  columns: 1
SELECT count(*) FROM message WHERE phone = $1;

-- name: message_mark_processed  params: 3  columns: 0
UPDATE message
   SET status = 'processed', status_rank = 1, patient_id = $2, updated_at_us = $3
 WHERE id = $1 AND status = 'received';

-- name: message_first_waiting  params: 2  columns: 1
-- Of what a number wrote until a message, the oldest that nobody has answered.
SELECT id FROM message WHERE phone = $1 AND id <= $2 AND status = 'received' ORDER BY id LIMIT 1;

-- name: message_set_body  params: 2  columns: 0
UPDATE message SET body = $2 WHERE id = $1;

-- name: message_climb  params: 7  columns: 0
-- $7: 1 when the carrier need not be asked any more
UPDATE message
   SET status = $2, status_rank = $3, error_code = $4, updated_at_us = $5,
       ask_at_us = CASE WHEN $7 = 1 THEN NULL ELSE ask_at_us END,
       delivered_at_us = CASE WHEN $6 = 1 THEN COALESCE(delivered_at_us, $5) ELSE delivered_at_us END,
       read_at_us = CASE WHEN $2 = 'read' THEN $5 ELSE read_at_us END
 WHERE id = $1 AND status_rank < $3;

-- name: message_name  params: 2  columns: 0
-- The carrier's name for a message of ours that has none yet.
UPDATE message SET provider_sid = $2 WHERE id = $1 AND direction = 'out' AND attempts > 0 AND provider_sid IS NULL;

-- name: message_received_sids  params: 2  columns: 1
-- Of a patient, or of a number without one.
SELECT provider_sid FROM message
 WHERE direction = 'in' AND provider_sid IS NOT NULL AND (patient_id = $1 OR (phone = $2 AND patient_id IS NULL));

-- name: forgotten_insert  params: 2  columns: 0
INSERT INTO forgotten_message (sid_hash, forgotten_at_us) VALUES ($1, $2) ON CONFLICT (sid_hash) DO NOTHING;

-- name: forgotten_count  params: 1  columns: 1
SELECT count(*) FROM forgotten_message WHERE sid_hash = $1;

-- name: forgotten_clean_up  params: 1  columns: 0
DELETE FROM forgotten_message WHERE forgotten_at_us < $1;

-- name: message_last_received  params: 0  columns: 1
-- 0 when nobody wrote yet.
SELECT COALESCE(max(last_in_at_us), 0) FROM contact;

-- name: message_forget_phone  params: 1  columns: 0
DELETE FROM message WHERE phone = $1 AND patient_id IS NULL;

-- name: message_event_insert  params: 4  columns: 0
INSERT INTO message_event (message_id, status, error_code, at_us) VALUES ($1, $2, $3, $4)
ON CONFLICT (message_id, status) DO NOTHING;

-- name: message_event_list  params: 1  columns: 3
SELECT status, error_code, at_us FROM message_event WHERE message_id = $1 ORDER BY id;

-- name: simulator_deliver  params: 3  columns: 1
INSERT INTO simulator_delivery (message_id, provider_sid, deliveries, delivered_at_us) VALUES ($1, $2, 1, $3)
ON CONFLICT (message_id) DO UPDATE SET deliveries = simulator_delivery.deliveries + 1
RETURNING provider_sid;

-- name: simulator_find  params: 1  columns: 2
SELECT provider_sid, deliveries FROM simulator_delivery WHERE message_id = $1;
