-- Which job comes first, of all kinds: what a worker asks for twice a job.

CREATE INDEX job_next ON job (due_at_us, id) WHERE due_at_us IS NOT NULL;
