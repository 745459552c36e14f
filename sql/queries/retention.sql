-- What the next clean-up would delete, by what it is.
-- name: retention_counts  params: 7  columns: 7
-- $1 now, and before when each goes: $2 failed sign-ins, $3 idempotent requests, $4 calls of models, $5 done jobs, $6 rows of backups, $7 samples
SELECT (SELECT count(*) FROM web_session WHERE expires_at_us <= $1),
       (SELECT count(*) FROM login_attempt WHERE last_failure_us < $2),
       (SELECT count(*) FROM idempotency WHERE created_at_us < $3),
       (SELECT count(*) FROM model_call WHERE at_us < $4),
       (SELECT count(*) FROM job WHERE state = 'done' AND finished_at_us < $5),
       (SELECT count(*) FROM backup WHERE created_at_us < $6 AND state IN ('proven', 'failed')),
       (SELECT count(*) FROM metric_sample WHERE at_us < $7);

-- name: retention_times  params: 1  columns: 2
-- $1 the kind of the job: when it last ran, when it runs next; 0: not known
SELECT coalesce(max(CASE WHEN state = 'done' THEN finished_at_us END), 0), coalesce(min(CASE WHEN state = 'ready' THEN due_at_us END), 0)
  FROM job WHERE kind = $1;
