-- Conversations as staff reads them: one entry a number, what waits there, what was done.

-- name: conversation_event_insert  params: 4  columns: 0
-- $1 conversation, $2 kind, $3 user, $4 now
INSERT INTO conversation_event (conversation_id, phone, patient_id, kind, user_id, at_us, waited_since_us)
SELECT id, phone, patient_id, $2, $3, $4, waiting_since_us FROM conversation WHERE id = $1;

-- name: conversation_event_last  params: 1  columns: 4
-- What was done last in conversation $1.
SELECT kind, user_id, at_us, COALESCE(waited_since_us, 0) FROM conversation_event WHERE conversation_id = $1 ORDER BY id DESC LIMIT 1;

-- name: conversation_event_list_of_{whom}  params: 4  columns: 5
-- variants whom: patient = e.patient_id = $1 | phone = e.phone = $1
-- From $2 until before $3, $4 at most.
SELECT e.id, e.kind, e.user_id, COALESCE(u.full_name, ''), e.at_us
  FROM conversation_event e LEFT JOIN app_user u ON u.id = e.user_id
 WHERE {whom} AND e.at_us >= $2 AND e.at_us < $3
 ORDER BY e.at_us, e.id
 LIMIT $4;

-- part: notices
-- What nobody has dealt with yet, each with its number and the message that it is about.
SELECT n.id AS id, n.kind AS kind, n.severity AS severity, n.created_at_us AS at_us, COALESCE(v.phone, m.phone, p.phone) AS phone,
       v.id AS conversation_id, m.id AS message_id, m.body AS body
  FROM notification AS n
  LEFT JOIN conversation AS v ON v.id = n.object_id AND n.kind IN ('conversation.danger', 'conversation.doctor_wanted', 'conversation.unanswered')
  LEFT JOIN rag_question AS q
         ON q.id = n.object_id AND n.kind IN ('question.escalated', 'question.refused', 'question.doctor_wanted', 'question.stopped_medicine')
  LEFT JOIN message_media AS x ON x.id = n.object_id AND n.kind = 'media.received'
  LEFT JOIN message AS m
         ON m.id = CASE WHEN n.kind IN ('question.unanswered', 'message.failed', 'message.uncertain', 'message.held', 'patient.erasure_wanted')
                        THEN n.object_id ELSE COALESCE(q.message_id, x.message_id) END
  LEFT JOIN patient AS p ON p.id = n.patient_id
 WHERE n.read_at_us IS NULL
   AND n.kind IN ('conversation.danger', 'conversation.doctor_wanted', 'conversation.unanswered', 'question.escalated', 'question.refused',
                  'question.doctor_wanted', 'question.stopped_medicine', 'question.unanswered', 'message.failed', 'message.uncertain',
                  'message.held', 'media.received', 'patient.erasure_wanted')

-- part: todo
-- What waits, by number, as of $1: how urgent (0 danger, 1 a person waits, 2 to be looked at) and since when.
SELECT w.phone AS phone, min(w.urgency) AS urgency, min(w.since_us) AS since_us
  FROM (SELECT t.phone AS phone, t.at_us AS since_us,
               CASE WHEN t.severity >= 2 THEN 0 WHEN t.kind LIKE 'message.%' OR t.kind = 'media.received' THEN 2 ELSE 1 END AS urgency
          FROM ({notices}) AS t
        UNION ALL
        SELECT phone, waiting_since_us, 1 FROM conversation WHERE waiting_since_us IS NOT NULL AND expires_at_us > $1) AS w
 WHERE w.phone IS NOT NULL
 GROUP BY w.phone

-- part: found
-- $2 to $4: LIKE patterns of words, or ''.
($2 = '' OR c.phone LIKE $2 ESCAPE '!'
     OR c.phone IN (SELECT s.phone FROM patient AS s
                     WHERE s.search_text LIKE $2 ESCAPE '!' AND ($3 = '' OR s.search_text LIKE $3 ESCAPE '!')
                       AND ($4 = '' OR s.search_text LIKE $4 ESCAPE '!')))

-- part: newest
-- The conversation of a number that is not over, or was last.
c.id = (SELECT max(l.id) FROM conversation AS l WHERE l.phone = c.phone)

-- part: entry
SELECT c.id, c.phone, c.patient_id, c.state, c.doctor_id, COALESCE(u.full_name, ''), c.taken_at_us, c.waiting_since_us, c.expires_at_us,
       COALESCE(p.first_name, ''), COALESCE(p.last_name, ''), (SELECT count(*) FROM patient AS h WHERE h.phone = c.phone), e.urgency, e.since_us,
       m.id, m.direction, m.kind, m.status, substr(m.body, 1, 200), m.created_at_us,
       (SELECT count(*) FROM (SELECT 1 FROM message AS k
                               WHERE k.phone = c.phone AND k.direction = 'in'
                                 AND k.id > COALESCE((SELECT b.seen_message_id FROM contact AS b WHERE b.phone = c.phone), 0) LIMIT 100) AS y)

-- part: of_entry
  JOIN conversation AS c ON c.id = e.id
  LEFT JOIN patient AS p ON p.id = c.patient_id
  LEFT JOIN app_user AS u ON u.id = c.doctor_id
  LEFT JOIN message AS m ON m.id = (SELECT max(z.id) FROM message AS z WHERE z.phone = c.phone)

-- name: inbox_todo  params: 6  columns: 21
-- The most urgent first, then who has waited longest. $5 limit, $6 offset
{entry}
  FROM (SELECT c.id AS id, t.urgency AS urgency, t.since_us AS since_us
          FROM ({todo}) AS t JOIN conversation AS c ON c.phone = t.phone
         WHERE {newest} AND {found}
         ORDER BY t.urgency, t.since_us, c.id LIMIT $5 OFFSET $6) AS e
{of_entry}
 ORDER BY e.urgency, e.since_us, c.id;

-- name: inbox_taken  params: 6  columns: 21
-- Who waits for a doctor's answer first.
{entry}
  FROM (SELECT c.id AS id, t.urgency AS urgency, t.since_us AS since_us
          FROM conversation AS c LEFT JOIN ({todo}) AS t ON t.phone = c.phone
         WHERE c.taken_at_us IS NOT NULL AND c.state = 'doctor' AND c.expires_at_us > $1 AND {newest} AND {found}
         ORDER BY COALESCE(t.urgency, 9), t.since_us, c.last_message_at_us DESC, c.id LIMIT $5 OFFSET $6) AS e
{of_entry}
 ORDER BY COALESCE(e.urgency, 9), e.since_us, c.last_message_at_us DESC, c.id;

-- name: inbox_all  params: 6  columns: 21
-- The newest message first.
{entry}
  FROM (SELECT f.id AS id, t.urgency AS urgency, t.since_us AS since_us, f.last_us AS last_us
          FROM (SELECT c.id AS id, c.phone AS phone, c.last_message_at_us AS last_us
                  FROM conversation AS c
                 WHERE {newest} AND {found}
                 ORDER BY c.last_message_at_us DESC, c.id DESC LIMIT $5 OFFSET $6) AS f
          LEFT JOIN ({todo}) AS t ON t.phone = f.phone) AS e
{of_entry}
 ORDER BY e.last_us DESC, c.id DESC;

-- name: inbox_one  params: 2  columns: 21
-- What has become of the number of conversation $2.
{entry}
  FROM (SELECT c.id AS id, t.urgency AS urgency, t.since_us AS since_us
          FROM conversation AS c LEFT JOIN ({todo}) AS t ON t.phone = c.phone
         WHERE c.phone = (SELECT o.phone FROM conversation AS o WHERE o.id = $2) AND {newest}) AS e
{of_entry};

-- name: inbox_of_patient  params: 1  columns: 1
-- The newest conversation of a patient's number.
SELECT max(c.id) FROM conversation AS c JOIN patient AS p ON p.phone = c.phone WHERE p.id = $1;

-- name: inbox_count_todo  params: 4  columns: 1
SELECT count(*) FROM ({todo}) AS t JOIN conversation AS c ON c.phone = t.phone WHERE {newest} AND {found};

-- name: inbox_count_taken  params: 4  columns: 1
SELECT count(*) FROM conversation AS c
 WHERE c.taken_at_us IS NOT NULL AND c.state = 'doctor' AND c.expires_at_us > $1 AND {newest} AND {found};

-- name: inbox_count_all  params: 4  columns: 1
SELECT count(*) FROM conversation AS c WHERE $1 >= 0 AND {newest} AND {found};

-- name: inbox_count_numbers  params: 0  columns: 1
SELECT count(DISTINCT phone) FROM conversation;

-- name: inbox_summary  params: 1  columns: 4
-- How many numbers wait, of them in danger, of them with a person who waits; and how many are taken over.
SELECT count(*), COALESCE(sum(CASE WHEN t.urgency = 0 THEN 1 ELSE 0 END), 0), COALESCE(sum(CASE WHEN t.urgency = 1 THEN 1 ELSE 0 END), 0),
       (SELECT count(*) FROM conversation WHERE taken_at_us IS NOT NULL AND state = 'doctor' AND expires_at_us > $1)
  FROM ({todo}) AS t
 WHERE EXISTS (SELECT 1 FROM conversation AS c WHERE c.phone = t.phone);

-- name: inbox_notices  params: 1  columns: 7
-- Of number $1 or of all (''), the gravest first, with the words of the person: those of the message, or the last ones before a notice of a conversation.
SELECT t.id, t.kind, t.severity, t.at_us, t.phone, t.message_id,
       substr(COALESCE(t.body, (SELECT k.body FROM message AS k
                                 WHERE k.phone = t.phone AND k.direction = 'in' AND k.created_at_us <= t.at_us AND t.conversation_id IS NOT NULL
                                 ORDER BY k.id DESC LIMIT 1), ''), 1, 300)
  FROM ({notices}) AS t
 WHERE t.phone IS NOT NULL AND ($1 = '' OR t.phone = $1)
 ORDER BY t.severity DESC, t.id DESC;

-- name: inbox_done_notices  params: 4  columns: 0
-- Notices of number $1 up to id $2 are dealt with. $3 now, $4 who
UPDATE notification SET read_at_us = $3, read_by = $4
 WHERE read_at_us IS NULL AND id IN (SELECT t.id FROM ({notices}) AS t WHERE t.phone = $1 AND t.id <= $2);

-- name: inbox_done_waiting  params: 2  columns: 0
-- Nobody waits at number $1 any more, unless something came after message $2.
UPDATE conversation SET waiting_since_us = NULL, remind_at_us = NULL, reminders = 0
 WHERE phone = $1 AND waiting_since_us IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM message WHERE message.phone = $1 AND message.direction = 'in' AND message.id > $2);

-- name: inbox_reopen_notices  params: 2  columns: 0
-- Those that user $1 had dealt with at $2, in the one transaction of that moment, are not.
UPDATE notification SET read_at_us = NULL, read_by = NULL WHERE read_by = $1 AND read_at_us = $2;

-- name: inbox_seen  params: 2  columns: 0
UPDATE contact SET seen_message_id = $2 WHERE phone = $1 AND COALESCE(seen_message_id, 0) < $2;
