-- What people sent beside words: pictures, documents, voice notes, until a doctor has looked.

CREATE TABLE message_media (
    id            @id@,
    message_id    BIGINT NOT NULL REFERENCES message (id) ON DELETE CASCADE, -- the message that it came with
    position      INTEGER NOT NULL,                                          -- from 0
    ref           TEXT NOT NULL,             -- what the carrier is asked by
    type_said     TEXT NOT NULL,             -- as the carrier says; empty: nothing
    type          TEXT NOT NULL DEFAULT '',  -- by its bytes; empty: not known, or none that is kept
    file_name     TEXT NOT NULL,             -- as the person's telephone called it; empty: none
    size_bytes    BIGINT NOT NULL DEFAULT 0, -- 0: not fetched
    content_hash  @blob@,                    -- keyed BLAKE2b-256 of the bytes; NULL: not fetched
    blob_name     TEXT UNIQUE,               -- the encrypted file; NULL: none, or it became the document's
    status        TEXT NOT NULL,             -- 'waiting', 'kept', 'accepted', 'discarded', 'refused', 'gone', 'failed'
    error_code    TEXT NOT NULL DEFAULT '',  -- of refused, gone and failed
    document_id   BIGINT REFERENCES document (id) ON DELETE SET NULL, -- what it became; NULL: none, or erased
    created_at_us BIGINT NOT NULL,           -- when the message came
    updated_at_us BIGINT NOT NULL,           -- last change of the status
    kept_at_us    BIGINT,                    -- when the bytes were here; NULL: not
    UNIQUE (message_id, position)
);
CREATE INDEX message_media_by_status ON message_media (status, id);
CREATE INDEX message_media_by_document ON message_media (document_id);
