-- What the doctor typed in the place of what was read on a page. Reading the document again keeps it.

CREATE TABLE page_correction (
    document_id   BIGINT NOT NULL REFERENCES document (id) ON DELETE CASCADE, -- of which document
    number        BIGINT NOT NULL, -- of the page, from 1
    text          TEXT NOT NULL,   -- lines in reading order; '': nothing on the page counts
    corrected_by  BIGINT NOT NULL, -- app_user.id
    corrected_at_us BIGINT NOT NULL, -- when; the sum of them tells whether one was added, changed or removed
    PRIMARY KEY (document_id, number)
);
