-- Work that must happen. A row is added in the transaction that causes the work, and claimed with a lease.

CREATE TABLE job (
    id             @id@,
    kind           TEXT NOT NULL,      -- what to do: the name of a job kind of the program
    payload        TEXT NOT NULL,      -- JSON, for the kind; ids rather than personal data
    state          TEXT NOT NULL,      -- 'ready', 'running', 'done', 'dead' (given up, kept for people to see)
    due_at_us      BIGINT,             -- ready: when to run; running: when the lease ends; NULL: nothing more to do
    attempts       BIGINT NOT NULL,    -- runs begun, the present one included; with the id it names the lease
    cut            BIGINT NOT NULL DEFAULT 0, -- runs that ended because the whole program did, and are not counted as attempts
    unique_key     TEXT,               -- one unfinished job a kind and key; NULL: any number
    last_error     TEXT NOT NULL,      -- why the last run failed: status, code, detail without personal data; '' after none
    created_at_us  BIGINT NOT NULL,
    started_at_us  BIGINT,             -- of the last run; NULL: never run
    finished_at_us BIGINT              -- when it became done or dead
);

-- The next job of a kind, and leases that ran out, without looking at what is finished.
CREATE INDEX job_due ON job (kind, due_at_us, id) WHERE due_at_us IS NOT NULL;
CREATE UNIQUE INDEX job_unique ON job (kind, unique_key) WHERE due_at_us IS NOT NULL AND unique_key IS NOT NULL;
-- What people look at, and what the retention deletes.
CREATE INDEX job_state ON job (state, finished_at_us);
