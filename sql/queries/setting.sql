-- name: setting_list  params: 0  columns: 4
SELECT s.name, s.value, COALESCE(NULLIF(u.full_name, ''), u.email, ''), s.changed_at_us
  FROM setting AS s LEFT JOIN app_user AS u ON u.id = s.changed_by ORDER BY s.name;

-- name: setting_save  params: 4  columns: 0
-- $1 name, $2 value or NULL, $3 changed_by, $4 now
INSERT INTO setting (name, value, changed_by, changed_at_us, applied_at_us) VALUES ($1, $2, $3, $4, NULL)
ON CONFLICT (name) DO UPDATE SET value = $2, changed_by = $3, changed_at_us = $4, applied_at_us = NULL;

-- name: setting_applied  params: 1  columns: 0
UPDATE setting SET applied_at_us = $1 WHERE applied_at_us IS NULL;

-- name: setting_waiting_count  params: 0  columns: 1
SELECT count(*) FROM setting WHERE applied_at_us IS NULL;
