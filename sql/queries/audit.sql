-- part: wanted
-- $1 who or -1, $2 and $3 actions from and to or '', $4 type of object or '', $5 object or 0, $6 patient or 0 (the patient and the patient's
-- documents), $7 and $8 from and before when
 WHERE ($1 = -1 OR a.actor_id = $1)
   AND ($3 = '' OR (a.action >= $2 AND a.action <= $3))
   AND ($4 = '' OR a.object_type = $4)
   AND ($5 = 0 OR a.object_id = $5)
   AND ($6 = 0 OR (a.object_type = 'patient' AND a.object_id = $6)
               OR (a.object_type = 'document' AND a.object_id IN (SELECT f.id FROM document f WHERE f.patient_id = $6)))
   AND a.at_us >= $7 AND a.at_us < $8

-- name: audit_insert  params: 6  columns: 0
INSERT INTO audit (at_us, actor_id, action, object_type, object_id, hash) VALUES ($1, $2, $3, $4, $5, $6);

-- name: audit_last_hash  params: 0  columns: 1
SELECT hash FROM audit ORDER BY id DESC LIMIT 1;

-- name: audit_after  params: 2  columns: 7
SELECT id, at_us, actor_id, action, object_type, object_id, hash FROM audit WHERE id > $1 ORDER BY id LIMIT $2;

-- name: audit_count  params: 8  columns: 1
SELECT count(*) FROM audit a
{wanted};

-- name: audit_list  params: 11  columns: 12
-- $9 before which id, $10 and $11 limit and offset. Whom a row is about: the patient, or whose document it was; or a user.
SELECT a.id, a.at_us, a.actor_id, COALESCE(u.full_name, ''), COALESCE(u.email, ''), a.action, a.object_type, a.object_id,
       COALESCE(p.id, 0), COALESCE(p.first_name || ' ' || p.last_name, ''), COALESCE(o.full_name, ''), COALESCE(o.email, '')
  FROM audit a
  LEFT JOIN app_user u ON u.id = a.actor_id
  LEFT JOIN app_user o ON a.object_type = 'user' AND o.id = a.object_id
  LEFT JOIN document d ON a.object_type = 'document' AND d.id = a.object_id
  LEFT JOIN patient p ON p.id = CASE a.object_type WHEN 'patient' THEN a.object_id WHEN 'document' THEN d.patient_id ELSE 0 END
{wanted} AND a.id < $9
 ORDER BY a.id DESC LIMIT $10 OFFSET $11;

-- name: audit_check_last  params: 0  columns: 5
SELECT id, started_at_us, COALESCE(finished_at_us, 0), checked, broken_id FROM audit_check ORDER BY id DESC LIMIT 1;

-- name: audit_check_insert  params: 2  columns: 1
INSERT INTO audit_check (asked_by, started_at_us) VALUES ($1, $2) RETURNING id;

-- name: audit_check_finish  params: 4  columns: 0
UPDATE audit_check SET finished_at_us = $2, checked = $3, broken_id = $4 WHERE id = $1;

-- name: audit_check_delete  params: 1  columns: 0
DELETE FROM audit_check WHERE id = $1 AND finished_at_us IS NULL;
