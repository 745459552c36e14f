-- Uploads that go on after a broken connection (https://tus.io/protocols/resumable-upload).

CREATE TABLE resumable_upload (
    id            @id@, -- self-numbering
    patient_id    BIGINT NOT NULL REFERENCES patient (id) ON DELETE CASCADE, -- whose document it becomes
    title         TEXT NOT NULL,   -- given by the doctor; '': none
    kind          TEXT NOT NULL,   -- given by the doctor; '': none
    file_name     TEXT NOT NULL,   -- as the client says
    size_bytes    BIGINT NOT NULL, -- announced
    offset_bytes  BIGINT NOT NULL, -- arrived so far, and on the disk
    document_id   BIGINT REFERENCES document (id) ON DELETE CASCADE, -- made of it; NULL: not complete yet
    created_by    BIGINT NOT NULL, -- app_user.id
    created_at_us BIGINT NOT NULL,
    expires_at_us BIGINT NOT NULL -- then it is forgotten with what arrived
);
CREATE INDEX resumable_upload_by_expiry ON resumable_upload (expires_at_us);

-- What arrived in one request: an encrypted file of its own. They are joined, in order, when all is there.
CREATE TABLE resumable_part (
    upload_id  BIGINT NOT NULL REFERENCES resumable_upload (id) ON DELETE CASCADE, -- of which upload
    at_bytes   BIGINT NOT NULL, -- where it starts in the file
    size_bytes BIGINT NOT NULL, -- of the part
    blob_name  TEXT NOT NULL UNIQUE, -- of the encrypted file in the data directory
    PRIMARY KEY (upload_id, at_bytes)
);
