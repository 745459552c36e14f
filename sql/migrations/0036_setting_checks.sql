-- What the checks of the settings found when an administrator last asked for them.

CREATE TABLE check_run (
    name          TEXT PRIMARY KEY, -- what was looked at: 'channel', 'models'
    state         TEXT NOT NULL,    -- 'waiting', 'running', 'done', 'failed'
    asked_by      BIGINT NOT NULL,  -- app_user.id
    asked_at_us   BIGINT NOT NULL,  -- when
    ended_at_us   BIGINT            -- NULL: not yet
);

CREATE TABLE check_finding (
    run        TEXT NOT NULL REFERENCES check_run (name) ON DELETE CASCADE, -- of which run
    position   BIGINT NOT NULL, -- in the order of the checks
    name       TEXT NOT NULL,   -- of the check: 'carrier'
    title_fr   TEXT NOT NULL,   -- what it is, in French
    title_en   TEXT NOT NULL,   -- and in English
    state      TEXT NOT NULL,   -- 'ok', 'warning', 'to_mend', 'left_out'
    code       TEXT NOT NULL,   -- of the message
    message_fr TEXT NOT NULL,   -- what it found, and what to do
    message_en TEXT NOT NULL,   -- the same in English
    detail     TEXT NOT NULL,   -- for those who mend; may be empty
    PRIMARY KEY (run, position)
);
