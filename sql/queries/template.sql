-- Templates that the carrier has approved, or not yet.

-- name: template_insert  params: 10  columns: 1
INSERT INTO template (purpose, language, carrier_name, carrier_language, body, variables, category, state, created_at_us, updated_at_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
RETURNING id;

-- name: template_save  params: 10  columns: 0
UPDATE template
   SET purpose = $2, language = $3, carrier_name = $4, carrier_language = $5, body = $6, variables = $7, category = $8, state = $9,
       updated_at_us = $10
 WHERE id = $1;

-- name: template_state_save  params: 4  columns: 0
-- What the carrier said of the name that it was asked for: a template that got another meanwhile is not meant.
UPDATE template SET state = $2, checked_at_us = $3 WHERE id = $1 AND carrier_name = $4;

-- name: template_doubt  params: 1  columns: 0
-- The carrier refused a message as this one: it is not used until the carrier was asked.
UPDATE template SET state = 'unknown' WHERE carrier_name = $1 AND state = 'approved';

-- name: template_delete  params: 1  columns: 0
DELETE FROM template WHERE id = $1;

-- name: template_get  params: 1  columns: 12
SELECT id, purpose, language, carrier_name, carrier_language, body, variables, category, state, checked_at_us, created_at_us, updated_at_us
  FROM template
 WHERE id = $1;

-- name: template_by_name  params: 1  columns: 12
SELECT id, purpose, language, carrier_name, carrier_language, body, variables, category, state, checked_at_us, created_at_us, updated_at_us
  FROM template
 WHERE carrier_name = $1
 ORDER BY language
 LIMIT 1;

-- name: template_count  params: 1  columns: 1
SELECT count(*) FROM template WHERE ($1 = '' OR purpose = $1);

-- name: template_list  params: 3  columns: 12
SELECT id, purpose, language, carrier_name, carrier_language, body, variables, category, state, checked_at_us, created_at_us, updated_at_us
  FROM template
 WHERE ($1 = '' OR purpose = $1)
 ORDER BY purpose, language
 LIMIT $2 OFFSET $3;

-- name: template_approved  params: 2  columns: 12
-- In the language of the patient $2, else in French.
SELECT id, purpose, language, carrier_name, carrier_language, body, variables, category, state, checked_at_us, created_at_us, updated_at_us
  FROM template
 WHERE purpose = $1 AND state = 'approved'
   AND language IN ('fr', COALESCE((SELECT language FROM patient WHERE id = $2), 'fr'))
 ORDER BY CASE WHEN language = 'fr' THEN 1 ELSE 0 END
 LIMIT 1;
