-- What people say of the facts that were read of a document. Laid over them in order of id each time the document is read, so the newest word
-- counts, and taking one back brings back what was before it.

CREATE TABLE fact_correction (
    id              @id@,            -- self-numbering
    document_id     BIGINT NOT NULL REFERENCES document (id) ON DELETE CASCADE, -- of which document
    page            BIGINT NOT NULL, -- from 1
    deed            TEXT NOT NULL,   -- 'change', 'remove' or 'add'
    type            TEXT NOT NULL,   -- of the fact
    was_name        TEXT NOT NULL,   -- folded name of the fact that it is about; '' when added
    was_quote       TEXT NOT NULL,   -- its quote; '' when added
    x               BIGINT NOT NULL, -- its place on the page, 1/720 inch
    y               BIGINT NOT NULL, -- from the top
    w               BIGINT NOT NULL, -- width
    h               BIGINT NOT NULL, -- height
    said            TEXT NOT NULL,   -- JSON object: what the fact says now; what it said, when removed
    mends           BIGINT NOT NULL, -- 1: the text of the page was corrected with it, 2: once more; 0: it was not
    corrected_by    BIGINT NOT NULL, -- app_user.id
    corrected_at_us BIGINT NOT NULL  -- microseconds UTC
);
CREATE INDEX fact_correction_by_document ON fact_correction (document_id, id);

ALTER TABLE fact ADD COLUMN correction_id BIGINT NOT NULL DEFAULT 0; -- fact_correction.id that made it what it is; 0: as it was read
