-- Conversations with a number, who has them, and codes.

-- name: conversation_open  params: 2  columns: 7
-- The one of number $1 that is not over at $2.
SELECT id, key, state, COALESCE(patient_id, 0), person_until_us,
       CASE WHEN expects_until_us > $2 THEN expects ELSE 0 END, COALESCE(expects_id, 0)
  FROM conversation
 WHERE phone = $1 AND expires_at_us > $2
 ORDER BY id DESC
 LIMIT 1;

-- name: conversation_lock  params: 3  columns: 8
-- The row of a key, made when it is new, and kept from others until the transaction ends. $1 key, $2 phone, $3 when it began
INSERT INTO conversation (key, phone, person_until_us, state, reminders, expects, expects_until_us, in_count, assistant_count, doctor_count,
                          started_at_us, last_message_at_us, expires_at_us)
VALUES ($1, $2, 0, 'assistant', 0, 0, 0, 0, 0, 0, $3, $3, $3)
ON CONFLICT (key) DO UPDATE SET key = conversation.key
RETURNING id, state, COALESCE(patient_id, 0), person_until_us, CASE WHEN expects_until_us > $3 THEN expects ELSE 0 END,
          COALESCE(expects_id, 0), COALESCE(waiting_since_us, 0), expires_at_us;

-- name: conversation_turn  params: 9  columns: 0
-- $1 id, $2 patient, $3 until when, $4 expects, $5 whose code, $6 until when, $7 when the message came, $8 when it is over, $9 1: answered
UPDATE conversation
   SET patient_id = $2, person_until_us = $3, expects = $4, expects_id = $5, expects_until_us = $6, in_count = in_count + 1,
       assistant_count = assistant_count + $9,
       last_message_at_us = CASE WHEN last_message_at_us < $7 THEN $7 ELSE last_message_at_us END,
       expires_at_us = CASE WHEN expires_at_us < $8 THEN $8 ELSE expires_at_us END
 WHERE id = $1;

-- name: conversation_reopen  params: 1  columns: 0
-- It was over, and the number writes again on the day when it began.
UPDATE conversation
   SET state = 'assistant', patient_id = NULL, person_until_us = 0, doctor_id = NULL, taken_at_us = NULL, waiting_since_us = NULL,
       remind_at_us = NULL, expects = 0, expects_id = NULL, expects_until_us = 0
 WHERE id = $1;

-- name: conversation_wait  params: 3  columns: 0
-- $1 id, $2 since when, $3 when a doctor is reminded
UPDATE conversation SET waiting_since_us = $2, remind_at_us = $3, reminders = 0 WHERE id = $1 AND waiting_since_us IS NULL;

-- name: conversation_remind_at  params: 3  columns: 0
-- $1 id, $2 when next (NULL: not any more), $3 how many were sent
UPDATE conversation SET remind_at_us = $2, reminders = $3 WHERE id = $1;

-- name: conversation_hold  params: 1  columns: 0
-- Keeps a row from others until the transaction ends.
UPDATE conversation SET reminders = reminders WHERE id = $1;

-- name: conversation_get  params: 1  columns: 18
SELECT id, key, phone, patient_id, person_until_us, state, doctor_id, taken_at_us, waiting_since_us, remind_at_us, reminders, in_count,
       assistant_count, doctor_count, started_at_us, last_message_at_us, expires_at_us,
       (SELECT count(*) FROM patient WHERE patient.phone = conversation.phone)
  FROM conversation
 WHERE id = $1;

-- name: conversation_list  params: 6  columns: 18
-- $1 state or '', $2 1: waiting only, $3 patient or 0, $4 now, $5 limit, $6 offset
SELECT id, key, phone, patient_id, person_until_us, state, doctor_id, taken_at_us, waiting_since_us, remind_at_us, reminders, in_count,
       assistant_count, doctor_count, started_at_us, last_message_at_us, expires_at_us,
       (SELECT count(*) FROM patient WHERE patient.phone = conversation.phone)
  FROM conversation
 WHERE ($1 = '' OR $1 = CASE WHEN expires_at_us <= $4 THEN 'closed' ELSE state END)
   AND ($2 = 0 OR (waiting_since_us IS NOT NULL AND expires_at_us > $4))
   AND ($3 = 0 OR patient_id = $3)
 ORDER BY last_message_at_us DESC, id DESC
 LIMIT $5 OFFSET $6;

-- name: conversation_count  params: 4  columns: 1
SELECT count(*)
  FROM conversation
 WHERE ($1 = '' OR $1 = CASE WHEN expires_at_us <= $4 THEN 'closed' ELSE state END)
   AND ($2 = 0 OR (waiting_since_us IS NOT NULL AND expires_at_us > $4))
   AND ($3 = 0 OR patient_id = $3);

-- name: conversation_take  params: 4  columns: 0
-- $1 id, $2 doctor, $3 now, $4 1: from a colleague too
UPDATE conversation
   SET state = 'doctor', doctor_id = $2, taken_at_us = $3
 WHERE id = $1 AND expires_at_us > $3 AND (state = 'assistant' OR doctor_id IS NULL OR doctor_id = $2 OR $4 = 1);

-- name: conversation_release  params: 1  columns: 0
UPDATE conversation
   SET state = 'assistant', doctor_id = NULL, taken_at_us = NULL, waiting_since_us = NULL, remind_at_us = NULL, reminders = 0
 WHERE id = $1 AND state = 'doctor';

-- name: conversation_replied  params: 3  columns: 0
-- $1 id, $2 doctor, $3 now
UPDATE conversation
   SET doctor_count = doctor_count + 1, waiting_since_us = NULL, remind_at_us = NULL, reminders = 0
 WHERE id = $1 AND state = 'doctor' AND doctor_id = $2 AND expires_at_us > $3;

-- name: conversation_messages  params: 4  columns: 1
-- The newest $4 of a number from $2 to $3.
SELECT id FROM message WHERE phone = $1 AND created_at_us >= $2 AND created_at_us <= $3 ORDER BY id DESC LIMIT $4;

-- name: conversation_forget  params: 2  columns: 0
-- Of number $2, when nobody but patient $1 has it.
DELETE FROM conversation
 WHERE phone = $2 AND NOT EXISTS (SELECT 1 FROM patient WHERE patient.phone = $2 AND patient.id <> $1);

-- name: access_code_set  params: 4  columns: 0
INSERT INTO access_code (patient_id, code_hash, failures, locked_until_us, made_by, created_at_us) VALUES ($1, $2, 0, 0, $3, $4)
ON CONFLICT (patient_id) DO UPDATE SET code_hash = $2, failures = 0, locked_until_us = 0, made_by = $3, created_at_us = $4;

-- name: access_code_get  params: 1  columns: 3
SELECT code_hash, failures, locked_until_us FROM access_code WHERE patient_id = $1;

-- name: access_code_lock  params: 1  columns: 3
-- Likewise, and kept from others until the transaction ends.
UPDATE access_code SET patient_id = patient_id WHERE patient_id = $1 RETURNING code_hash, failures, locked_until_us;

-- name: access_code_tried  params: 3  columns: 0
UPDATE access_code SET failures = $2, locked_until_us = $3 WHERE patient_id = $1;
