-- name: health_ping  params: 0  columns: 1
SELECT 1;

-- name: health_jobs_waiting  params: 1  columns: 1
SELECT count(*) FROM job WHERE state = $1;
