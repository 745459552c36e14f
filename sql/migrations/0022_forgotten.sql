-- Messages of people who were erased must not come back when a carrier delivers or lists them again.

CREATE TABLE forgotten_message (
    sid_hash      @blob@ PRIMARY KEY, -- BLAKE2b-256 of the carrier's name for it
    forgotten_at_us BIGINT NOT NULL     -- kept longer than a carrier delivers again
);
