-- This installation, in one row: what tells whether the secret key is the one that its data was written with.

CREATE TABLE installation (
    id             BIGINT PRIMARY KEY CHECK (id = 1),
    key_check      @blob@ NOT NULL,    -- a MAC under a key that is derived from the secret key
    created_at_us  BIGINT NOT NULL
);
