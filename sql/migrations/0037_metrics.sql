-- What the analyses read by time, and samples of how the services were.

CREATE INDEX message_by_time ON message (created_at_us);
CREATE INDEX document_by_time ON document (created_at_us);
-- Holds all that is summed, because the rows are long.
CREATE INDEX rag_question_by_time ON rag_question (asked_at_us, intent, refused, escalated, engine, message_id);

-- One row each five minutes while the program runs: a time without a row is a time at which it did not.
CREATE TABLE metric_sample (
    at_us       BIGINT PRIMARY KEY, -- begin of its five minutes
    sending     TEXT NOT NULL,      -- 'ok', 'late', 'paused', 'refused': how messages leave
    model       TEXT NOT NULL,      -- 'none', 'ok', 'paused', 'refused': the model that writes answers
    embedder    TEXT NOT NULL,      -- likewise: the one that makes vectors
    waiting     BIGINT NOT NULL,    -- messages that wait to be sent
    oldest_us   BIGINT NOT NULL,    -- how long the oldest of them has waited, microseconds
    dead_jobs   BIGINT NOT NULL     -- jobs that were given up
);
