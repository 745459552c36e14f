-- name: job_insert  params: 5  columns: 1
-- $1 kind, $2 payload, $3 due_at_us, $4 unique_key or NULL, $5 now
INSERT INTO job (kind, payload, state, due_at_us, attempts, unique_key, last_error, created_at_us)
VALUES ($1, $2, 'ready', $3, 0, $4, '', $5)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: job_insert_running  params: 5  columns: 1
-- As above, with its lease taken; $3: when that ends.
INSERT INTO job (kind, payload, state, due_at_us, attempts, unique_key, last_error, created_at_us, started_at_us)
VALUES ($1, $2, 'running', $3, 1, $4, '', $5, $5)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: job_hasten  params: 3  columns: 0
-- $1 kind, $2 unique_key, $3 now
UPDATE job SET due_at_us = $3 WHERE kind = $1 AND unique_key = $2 AND state = 'ready' AND due_at_us > $3;

-- name: job_heads  params: 1  columns: 4
-- $1 at most
SELECT id, due_at_us, attempts, kind FROM job
 WHERE due_at_us IS NOT NULL
 ORDER BY due_at_us, id LIMIT $1;

-- name: job_head  params: 1  columns: 3
SELECT id, due_at_us, attempts FROM job
 WHERE kind = $1 AND due_at_us IS NOT NULL
 ORDER BY due_at_us, id LIMIT 1;

-- name: job_claim  params: 4  columns: 1
-- $1 id, $2 attempts as seen, $3 now, $4 end of the lease
UPDATE job SET state = 'running', attempts = attempts + 1, started_at_us = $3, due_at_us = $4
 WHERE id = $1 AND attempts = $2 AND due_at_us <= $3
RETURNING payload;

-- name: job_renew  params: 3  columns: 0
UPDATE job SET due_at_us = $3 WHERE id = $1 AND attempts = $2 AND state = 'running';

-- name: job_release_all  params: 2  columns: 0
-- $1 now, $2 how many cut runs are forgiven
UPDATE job SET due_at_us = $1, attempts = CASE WHEN cut < $2 THEN attempts - 1 ELSE attempts END, cut = cut + 1
 WHERE state = 'running';

-- name: job_done  params: 3  columns: 0
UPDATE job SET state = 'done', due_at_us = NULL, finished_at_us = $3, last_error = ''
 WHERE id = $1 AND attempts = $2 AND state = 'running';

-- name: job_dead  params: 4  columns: 0
-- $4 why; '' when this is not known: the lease of the last attempt ran out, or on_dead had to be told again
UPDATE job SET state = 'dead', due_at_us = NULL, finished_at_us = $3,
       last_error = CASE WHEN $4 <> '' THEN $4 WHEN last_error <> '' THEN last_error ELSE 'lease ran out' END
 WHERE id = $1 AND attempts = $2 AND state = 'running';

-- name: job_again  params: 5  columns: 0
-- $3 when, $4 why, $5 the new number of attempts
UPDATE job SET state = 'ready', due_at_us = $3, last_error = CASE WHEN $4 <> '' THEN $4 ELSE last_error END, attempts = $5
 WHERE id = $1 AND attempts = $2 AND state = 'running';

-- name: job_delete_done  params: 2  columns: 0
-- $1 finished before, $2 at most: a long delete would make others wait
DELETE FROM job WHERE id IN (SELECT id FROM job WHERE state = 'done' AND finished_at_us < $1 LIMIT $2);

-- name: job_list  params: 4  columns: 9
SELECT id, kind, state, due_at_us, attempts, last_error, created_at_us, started_at_us, finished_at_us FROM job
 WHERE ($1 = '' OR state = $1) AND ($2 = '' OR kind = $2)
 ORDER BY id DESC LIMIT $3 OFFSET $4;

-- name: job_count  params: 2  columns: 1
SELECT count(*) FROM job WHERE ($1 = '' OR state = $1) AND ($2 = '' OR kind = $2);

-- name: job_retry  params: 2  columns: 1
-- $1 id, $2 now: what was given up begins anew, with all of its attempts
UPDATE job SET state = 'ready', due_at_us = $2, attempts = 0, cut = 0, finished_at_us = NULL WHERE id = $1 AND state = 'dead'
RETURNING id;

-- name: job_discard  params: 1  columns: 1
DELETE FROM job WHERE id = $1 AND state = 'dead' RETURNING id;
