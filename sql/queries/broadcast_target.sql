-- Whom a broadcast is for, who of them cannot get it and why, and the list that is made of them.

-- part: target
-- $1 gender or '', $2 and $3 born from and to or '', $4 language or '', $5 doctor or 0, $6 0: all of the tags, 1: any of them, $7 to $14 LIKE
-- patterns of tags or '', $15 kind of document or '', $16 and $17 wrote after, or not since, or 0, $18 to $23 LIKE patterns of three conditions,
-- as written and folded, or '', $24 and $25 patients after and up to, $26 0, or since when a person must have written, $27 to $29 1: a first name,
-- a last name, a doctor's name is needed.
SELECT p.id AS id, p.phone AS phone,
       CASE WHEN ($27 = 1 AND p.first_name = '') OR ($28 = 1 AND p.last_name = '')
                 OR ($29 = 1 AND NOT EXISTS (SELECT 1 FROM app_user AS v WHERE v.id = p.assigned_to AND v.full_name <> ''))
            THEN 1 ELSE 0 END AS lacks,
       CASE WHEN p.phone = '' THEN 'no_number'
            WHEN p.status <> 'active' THEN p.status
            ELSE CASE COALESCE((SELECT c.granted FROM consent AS c
                                 WHERE c.patient_id = p.id AND c.purpose = 'messages' ORDER BY c.id DESC LIMIT 1), -1)
                 WHEN 0 THEN 'opted_out'
                 WHEN 1 THEN
                      CASE WHEN ($27 = 1 AND p.first_name = '') OR ($28 = 1 AND p.last_name = '')
                                OR ($29 = 1 AND NOT EXISTS (SELECT 1 FROM app_user AS u WHERE u.id = p.assigned_to AND u.full_name <> ''))
                           THEN 'missing_field'
                           WHEN $26 > 0 AND NOT EXISTS (SELECT 1 FROM contact AS w WHERE w.phone = p.phone AND w.last_in_at_us > $26
                                                           AND w.last_in_at_us > COALESCE(w.window_shut_at_us, 0))
                           THEN 'window_closed'
                           ELSE '' END
                 ELSE 'no_consent' END
       END AS reason
  FROM patient AS p
 WHERE p.id > $24 AND p.id <= $25
   AND ($1 = '' OR p.gender = $1)
   AND ($2 = '' OR p.date_of_birth >= $2)
   AND ($3 = '' OR p.date_of_birth <= $3)
   AND ($4 = '' OR p.language = $4)
   AND ($5 = 0 OR p.assigned_to = $5)
   AND ($7 = ''
        OR ($6 = 0 AND p.tags LIKE $7 ESCAPE '!' AND ($8 = '' OR p.tags LIKE $8 ESCAPE '!') AND ($9 = '' OR p.tags LIKE $9 ESCAPE '!')
            AND ($10 = '' OR p.tags LIKE $10 ESCAPE '!') AND ($11 = '' OR p.tags LIKE $11 ESCAPE '!') AND ($12 = '' OR p.tags LIKE $12 ESCAPE '!')
            AND ($13 = '' OR p.tags LIKE $13 ESCAPE '!') AND ($14 = '' OR p.tags LIKE $14 ESCAPE '!'))
        OR ($6 = 1 AND (p.tags LIKE $7 ESCAPE '!' OR ($8 <> '' AND p.tags LIKE $8 ESCAPE '!') OR ($9 <> '' AND p.tags LIKE $9 ESCAPE '!')
            OR ($10 <> '' AND p.tags LIKE $10 ESCAPE '!') OR ($11 <> '' AND p.tags LIKE $11 ESCAPE '!') OR ($12 <> '' AND p.tags LIKE $12 ESCAPE '!')
            OR ($13 <> '' AND p.tags LIKE $13 ESCAPE '!') OR ($14 <> '' AND p.tags LIKE $14 ESCAPE '!'))))
   AND ($15 = '' OR EXISTS (SELECT 1 FROM document AS d WHERE d.patient_id = p.id AND d.kind = $15))
   AND ($16 = 0 OR EXISTS (SELECT 1 FROM contact AS a WHERE a.phone = p.phone AND a.last_in_at_us >= $16))
   AND ($17 = 0 OR NOT EXISTS (SELECT 1 FROM contact AS b WHERE b.phone = p.phone AND b.last_in_at_us >= $17))
   AND ($18 = ''
        OR p.medical_history LIKE $18 ESCAPE '!' OR p.medical_history LIKE $19 ESCAPE '!'
        OR ($20 <> '' AND (p.medical_history LIKE $20 ESCAPE '!' OR p.medical_history LIKE $21 ESCAPE '!'))
        OR ($22 <> '' AND (p.medical_history LIKE $22 ESCAPE '!' OR p.medical_history LIKE $23 ESCAPE '!'))
        OR EXISTS (SELECT 1 FROM fact AS f WHERE f.patient_id = p.id AND f.type = 'diagnosis'
                      AND (f.name_folded LIKE $19 ESCAPE '!' OR ($20 <> '' AND f.name_folded LIKE $21 ESCAPE '!')
                           OR ($22 <> '' AND f.name_folded LIKE $23 ESCAPE '!'))))

-- name: broadcast_target_count  params: 29  columns: 9
-- One pass without sorting: the limit keeps the reason of a row from being asked for once a column.
SELECT count(*),
       COALESCE(sum(CASE WHEN x.reason = 'no_number' THEN 1 ELSE 0 END), 0), COALESCE(sum(CASE WHEN x.reason = 'pending' THEN 1 ELSE 0 END), 0),
       COALESCE(sum(CASE WHEN x.reason = 'inactive' THEN 1 ELSE 0 END), 0), COALESCE(sum(CASE WHEN x.reason = 'opted_out' THEN 1 ELSE 0 END), 0),
       COALESCE(sum(CASE WHEN x.reason = 'no_consent' THEN 1 ELSE 0 END), 0),
       COALESCE(sum(CASE WHEN x.reason = 'missing_field' THEN 1 ELSE 0 END), 0),
       COALESCE(sum(CASE WHEN x.reason = 'window_closed' THEN 1 ELSE 0 END), 0), COALESCE(sum(CASE WHEN x.reason = '' THEN 1 ELSE 0 END), 0)
  FROM (SELECT t.reason AS reason FROM ({target}) AS t LIMIT 9223372036854775807) AS x;

-- name: broadcast_target_same_number  params: 29  columns: 1
-- How many of those who could get it have the number of one before them.
SELECT COALESCE(sum(y.n - 1), 0)
  FROM (SELECT x.phone AS phone, count(*) AS n FROM ({target}) AS x
         WHERE x.phone IN (SELECT s.phone FROM patient AS s WHERE s.shares_phone = 1) AND x.reason = '' GROUP BY x.phone) AS y;

-- name: broadcast_target_first  params: 29  columns: 1
-- Somebody who can get it.
SELECT x.id FROM ({target}) AS x WHERE x.reason = '' LIMIT 1;

-- name: broadcast_target_missing  params: 30  columns: 1
-- Who lacks a field; $30 at most. Nothing else is asked of those who lack none.
SELECT x.id FROM ({target}) AS x WHERE CASE WHEN x.lacks = 1 THEN x.reason ELSE '' END = 'missing_field' LIMIT $30;

-- name: broadcast_freeze_end  params: 3  columns: 1
-- $1 after which patient, $2 up to which at most, $3 how many: the last patient of this step.
SELECT COALESCE(max(s.id), $2) FROM (SELECT id FROM patient WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3) AS s;

-- name: broadcast_freeze  params: 31  columns: 0
-- $30 broadcast, $31 now
WITH x AS MATERIALIZED ({target})
INSERT INTO broadcast_recipient (broadcast_id, patient_id, state, reason, updated_at_us)
SELECT $30, x.id, CASE WHEN x.reason = '' THEN 'waiting' ELSE 'left_out' END, x.reason, $31
  FROM x
 WHERE true
ON CONFLICT (broadcast_id, patient_id) DO NOTHING;

-- name: broadcast_freeze_same_number  params: 3  columns: 0
-- $1 broadcast, $2 and $3 the patients of this step: of several people of a number the first is written to.
UPDATE broadcast_recipient
   SET state = 'left_out', reason = 'same_number'
 WHERE broadcast_id = $1 AND state = 'waiting'
   AND patient_id IN (SELECT p.id FROM patient AS p
                       WHERE p.id > $2 AND p.id <= $3 AND EXISTS (SELECT 1 FROM patient AS s WHERE s.phone = p.phone AND s.shares_phone = 1)
                         AND EXISTS (SELECT 1 FROM patient AS q
                                      WHERE q.phone = p.phone AND q.id < p.id
                                        AND EXISTS (SELECT 1 FROM broadcast_recipient AS r
                                                     WHERE r.broadcast_id = $1 AND r.patient_id = q.id AND r.state <> 'left_out')));

-- name: broadcast_freeze_count  params: 3  columns: 0
INSERT INTO broadcast_count (broadcast_id, state, reason, n)
SELECT broadcast_id, state, reason, count(*)
  FROM broadcast_recipient
 WHERE broadcast_id = $1 AND patient_id > $2 AND patient_id <= $3
 GROUP BY broadcast_id, state, reason
ON CONFLICT (broadcast_id, state, reason) DO UPDATE SET n = broadcast_count.n + excluded.n;

-- name: broadcast_newest_patient  params: 0  columns: 1
SELECT COALESCE(max(id), 0) FROM patient;
