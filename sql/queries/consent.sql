-- What patients agreed to, and the links by which they confirm.

-- name: consent_insert  params: 6  columns: 0
INSERT INTO consent (patient_id, purpose, granted, source, recorded_by, created_at_us) VALUES ($1, $2, $3, $4, $5, $6);

-- name: consent_newest  params: 2  columns: 1
SELECT granted FROM consent WHERE patient_id = $1 AND purpose = $2 ORDER BY id DESC LIMIT 1;

-- name: consent_count  params: 1  columns: 1
SELECT count(*) FROM consent WHERE patient_id = $1;

-- name: consent_list  params: 3  columns: 7
SELECT id, purpose, granted, source, recorded_by, created_at_us,
       CASE WHEN id = (SELECT max(n.id) FROM consent AS n
                        WHERE n.patient_id = consent.patient_id AND n.purpose = consent.purpose) THEN 1 ELSE 0 END
  FROM consent
 WHERE patient_id = $1
 ORDER BY id DESC
 LIMIT $2 OFFSET $3;

-- name: activation_insert  params: 5  columns: 0
INSERT INTO activation (patient_id, token_hash, phone, created_at_us, expires_at_us) VALUES ($1, $2, $3, $4, $5);

-- name: activation_end_open  params: 2  columns: 0
UPDATE activation SET ended_at_us = $2 WHERE patient_id = $1 AND ended_at_us IS NULL;

-- name: activation_use  params: 2  columns: 0
UPDATE activation SET ended_at_us = $2, used = 1 WHERE id = $1 AND ended_at_us IS NULL;

-- name: activation_by_token  params: 1  columns: 7
SELECT a.id, a.patient_id, a.phone, a.expires_at_us, a.ended_at_us, a.used, p.phone
  FROM activation AS a
  JOIN patient AS p ON p.id = a.patient_id
 WHERE a.token_hash = $1;

-- name: activation_open  params: 2  columns: 1
SELECT count(*)
  FROM activation AS a
  JOIN patient AS p ON p.id = a.patient_id
 WHERE a.patient_id = $1 AND a.ended_at_us IS NULL AND a.expires_at_us > $2 AND a.phone = p.phone;

-- name: activation_list  params: 1  columns: 4
SELECT created_at_us, expires_at_us, ended_at_us, used FROM activation WHERE patient_id = $1 ORDER BY id;
