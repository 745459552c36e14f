-- One-time codes beside the password, links to choose a password, and what people see of their tokens and browsers.

-- The secret that a person's authenticator shares with us (RFC 6238).
CREATE TABLE otp (
    user_id         BIGINT PRIMARY KEY REFERENCES app_user(id) ON DELETE CASCADE, -- one a person
    secret          @blob@ NOT NULL,           -- sealed (XChaCha20-Poly1305) under a key of this user's own
    confirmed_at_us BIGINT,                    -- the first code was typed, from now on codes are needed; NULL: not yet
    used_step       BIGINT NOT NULL DEFAULT 0, -- the newest 30 s of which a code was used: none of them or before passes again
    created_at_us   BIGINT NOT NULL
);

-- For who has lost the telephone. Each opens once.
CREATE TABLE otp_recovery (
    id         @id@,
    user_id    BIGINT NOT NULL REFERENCES app_user(id) ON DELETE CASCADE, -- whose
    code_hash  @blob@ NOT NULL,                -- keyed BLAKE2b-256 of user and code
    used_at_us BIGINT                          -- NULL: still good
);
CREATE INDEX otp_recovery_user ON otp_recovery (user_id);

-- Links by which somebody chooses a password: forgotten, or an invitation. Deleted by their use.
CREATE TABLE password_link (
    id            @id@,
    user_id       BIGINT NOT NULL REFERENCES app_user(id) ON DELETE CASCADE, -- whose password
    kind          TEXT NOT NULL,               -- 'forgotten', 'invitation'
    token_hash    @blob@ NOT NULL UNIQUE,      -- keyed BLAKE2b-256 of what stands in the link
    created_at_us BIGINT NOT NULL,
    expires_at_us BIGINT NOT NULL              -- it opens nothing any more
);
CREATE INDEX password_link_user ON password_link (user_id);

ALTER TABLE api_token ADD COLUMN expires_at_us BIGINT;     -- NULL: when it is revoked
ALTER TABLE api_token ADD COLUMN last_used_at_us BIGINT;   -- written now and then, not with each request; NULL: not that we know
ALTER TABLE web_session ADD COLUMN last_used_at_us BIGINT; -- likewise
ALTER TABLE web_session ADD COLUMN browser TEXT NOT NULL DEFAULT ''; -- the User-Agent that signed in, so that its owner knows it

-- What a walk along the chain of the audit log found.
CREATE TABLE audit_check (
    id             @id@,
    asked_by       BIGINT NOT NULL,            -- app_user.id
    started_at_us  BIGINT NOT NULL,            -- when it was asked for
    finished_at_us BIGINT,                     -- NULL: under way
    checked        BIGINT NOT NULL DEFAULT 0,  -- rows that fit
    broken_id      BIGINT NOT NULL DEFAULT 0   -- the first audit.id that does not; 0: all do
);
CREATE INDEX audit_actor ON audit (actor_id, id);
