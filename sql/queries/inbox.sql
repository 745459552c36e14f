-- Conversations as staff reads them: one entry a number, what waits there, what was done.

-- name: conversation_event_insert  params: 4  columns: 0
-- $1 conversation, $2 kind, $3 user, $4 now
INSERT INTO conversation_event (conversation_id, phone, patient_id, kind, user_id, at_us)
SELECT id, phone, patient_id, $2, $3, $4 FROM conversation WHERE id = $1;

-- name: conversation_event_list_of_{whom}  params: 4  columns: 5
-- variants whom: patient = e.patient_id = $1 | phone = e.phone = $1
-- From $2 until before $3, $4 at most.
SELECT e.id, e.kind, e.user_id, COALESCE(u.full_name, ''), e.at_us
  FROM conversation_event e LEFT JOIN app_user u ON u.id = e.user_id
 WHERE {whom} AND e.at_us >= $2 AND e.at_us < $3
 ORDER BY e.at_us, e.id
 LIMIT $4;
