-- Settings that administrators changed in the dashboard. The environment and .env come before them.

CREATE TABLE setting (
    name          TEXT PRIMARY KEY, -- as in .env: 'EMERGENCY_NUMBER'
    value         TEXT,             -- as it would stand in .env; NULL: the default again
    changed_by    BIGINT NOT NULL,  -- app_user.id
    changed_at_us BIGINT NOT NULL,  -- when
    applied_at_us BIGINT            -- when a server first started with it; NULL: none has yet
);
