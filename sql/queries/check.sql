-- name: check_ask  params: 3  columns: 0
-- $1 name, $2 asked_by, $3 now
INSERT INTO check_run (name, state, asked_by, asked_at_us, ended_at_us) VALUES ($1, 'waiting', $2, $3, NULL)
ON CONFLICT (name) DO UPDATE SET state = 'waiting', asked_by = $2, asked_at_us = $3, ended_at_us = NULL;

-- name: check_state  params: 3  columns: 0
-- $1 name, $2 state, $3 when it ended, or NULL
UPDATE check_run SET state = $2, ended_at_us = $3 WHERE name = $1;

-- name: check_run_get  params: 1  columns: 3
SELECT state, asked_at_us, ended_at_us FROM check_run WHERE name = $1;

-- name: check_clear  params: 1  columns: 0
DELETE FROM check_finding WHERE run = $1;

-- name: check_add  params: 10  columns: 0
INSERT INTO check_finding (run, position, name, title_fr, title_en, state, code, message_fr, message_en, detail)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: check_findings  params: 1  columns: 8
SELECT name, title_fr, title_en, state, code, message_fr, message_en, detail FROM check_finding WHERE run = $1 ORDER BY position;
