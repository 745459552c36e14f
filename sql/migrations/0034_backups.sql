-- Backups that were made, or tried.

CREATE TABLE backup (
    id            @id@,
    state         TEXT NOT NULL,    -- 'waiting', 'running', 'proven' (read back and found whole), 'failed'
    name          TEXT NOT NULL,    -- of the file; '' until it is proven
    folder        TEXT NOT NULL,    -- where it is
    size_bytes    BIGINT NOT NULL,  -- of the file
    patients      BIGINT NOT NULL,  -- in it
    documents     BIGINT NOT NULL,  -- in it
    missing       BIGINT NOT NULL,  -- originals that had gone from the disk before
    damaged       BIGINT NOT NULL,  -- originals that did not open
    error_code    TEXT NOT NULL,    -- why it failed, or has to be tried again; '' otherwise
    created_by    BIGINT NOT NULL,  -- app_user.id; 0: the program, or the command
    created_at_us BIGINT NOT NULL,  -- when it was asked for
    taken_at_us   BIGINT,           -- the moment that it holds
    ended_at_us   BIGINT            -- when it was proven, or given up
);
