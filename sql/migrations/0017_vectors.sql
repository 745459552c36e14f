-- Vectors of meaning: the spaces in which they may be compared, and one for each passage.

CREATE TABLE embedding_space (
    id            @id@,                 -- self-numbering
    name          TEXT NOT NULL UNIQUE, -- who makes them, how and how long: 'gemini/gemini-embedding-2/768'
    dimensions    BIGINT NOT NULL,      -- of each vector
    created_at_us BIGINT NOT NULL       -- microseconds UTC
);

CREATE TABLE chunk_vector (
    chunk_id   BIGINT NOT NULL REFERENCES chunk (id) ON DELETE CASCADE,           -- whose meaning it is
    space_id   BIGINT NOT NULL REFERENCES embedding_space (id) ON DELETE CASCADE, -- vectors of two spaces are never compared
    patient_id BIGINT NOT NULL REFERENCES patient (id) ON DELETE CASCADE,         -- whose passage
    vector     @blob@ NOT NULL,                                                   -- packed (vectors/vector.h)
    PRIMARY KEY (chunk_id, space_id)
);
CREATE INDEX chunk_vector_by_patient ON chunk_vector (patient_id, space_id);
CREATE INDEX chunk_vector_by_space ON chunk_vector (space_id);

-- The same for what the clinic publishes.
CREATE TABLE advice_vector (
    chunk_id BIGINT NOT NULL REFERENCES advice_chunk (id) ON DELETE CASCADE,    -- whose meaning it is
    space_id BIGINT NOT NULL REFERENCES embedding_space (id) ON DELETE CASCADE, -- vectors of two spaces are never compared
    vector   @blob@ NOT NULL,                                                   -- packed (vectors/vector.h)
    PRIMARY KEY (chunk_id, space_id)
);
CREATE INDEX advice_vector_by_space ON advice_vector (space_id);
