-- Documents of patients, what was read on their pages, and the facts that were taken from it.

CREATE TABLE document (
    id               @id@, -- self-numbering
    patient_id       BIGINT NOT NULL REFERENCES patient (id) ON DELETE CASCADE, -- whose
    title            TEXT NOT NULL,    -- given by the doctor, else read on it, else its file name
    kind             TEXT NOT NULL,    -- 'prescription', 'laboratory', 'imaging', 'report', 'certificate', 'other'
    document_date    TEXT,             -- ISO 8601 day of the prescription, sampling or examination; NULL: not known
    author           TEXT NOT NULL,    -- who signs; '' when not known
    title_given      BIGINT NOT NULL,  -- 1: the doctor's word, reading does not change it
    kind_given       BIGINT NOT NULL,  -- 1: the same for kind
    date_given       BIGINT NOT NULL,  -- 1: the same for document_date
    names_another    BIGINT NOT NULL,  -- 1: the name or birth date on it is not the patient's
    file_name        TEXT NOT NULL,    -- as uploaded, for the download
    mime             TEXT NOT NULL,    -- by content, not by name
    size_bytes       BIGINT NOT NULL,  -- of the original
    content_hash     @blob@ NOT NULL,  -- keyed BLAKE2b-256 of the original: the same bytes twice for one patient are one document
    blob_name        TEXT NOT NULL,    -- of the encrypted file in the data directory
    status           TEXT NOT NULL,    -- 'pending', 'processing', 'indexed', 'failed'
    error_code       TEXT NOT NULL,    -- '' unless failed
    page_count       BIGINT NOT NULL,  -- 0 until it was read
    illegible_count  BIGINT NOT NULL,  -- pages that stay out of answers
    created_by       BIGINT NOT NULL,  -- app_user.id; 0: the program
    created_at_us    BIGINT NOT NULL,
    updated_at_us    BIGINT NOT NULL,
    indexed_at_us    BIGINT,           -- NULL: not yet
    UNIQUE (patient_id, content_hash)
);
CREATE INDEX document_by_status ON document (status);

CREATE TABLE document_page (
    document_id BIGINT NOT NULL REFERENCES document (id) ON DELETE CASCADE, -- of which document
    number      BIGINT NOT NULL,   -- from 1
    width       BIGINT NOT NULL,   -- 1/720 inch
    height      BIGINT NOT NULL,   -- 1/720 inch
    source      TEXT NOT NULL,     -- 'text', 'ocr', 'corrected'
    confidence  BIGINT NOT NULL,   -- 0..100
    legible     BIGINT NOT NULL,   -- 0: its words stay out of facts and answers
    text        TEXT NOT NULL,     -- lines in reading order
    words       @blob@ NOT NULL,   -- words with boxes, packed (documents/page_wire.h)
    PRIMARY KEY (document_id, number)
);

CREATE TABLE fact (
    id          @id@, -- self-numbering
    patient_id  BIGINT NOT NULL REFERENCES patient (id) ON DELETE CASCADE,  -- whose
    document_id BIGINT NOT NULL REFERENCES document (id) ON DELETE CASCADE, -- where it stands
    page        BIGINT NOT NULL,   -- from 1
    type        TEXT NOT NULL,     -- 'medication', 'lab_value', …
    x           BIGINT NOT NULL,   -- box on the page, 1/720 inch
    y           BIGINT NOT NULL, -- from the top
    w           BIGINT NOT NULL, -- width
    h           BIGINT NOT NULL, -- height
    confidence  BIGINT NOT NULL,   -- 0..100
    quote       TEXT NOT NULL,     -- as printed
    name        TEXT NOT NULL,     -- drug, analyte, …
    name_folded TEXT NOT NULL,     -- for finding it
    strength    TEXT NOT NULL,     -- the rest: '' when not said (documents/fact.h)
    form        TEXT NOT NULL, -- "comprimé"
    dose        TEXT NOT NULL, -- "1 comprimé"
    route       TEXT NOT NULL, -- "voie orale"
    frequency   TEXT NOT NULL, -- "3 fois par jour"
    duration    TEXT NOT NULL, -- "7 jours"
    renewals    TEXT NOT NULL, -- how often it may be renewed
    instruction TEXT NOT NULL, -- "au cours du repas"
    value       TEXT NOT NULL, -- as printed: "1,05", "Négatif"
    unit        TEXT NOT NULL, -- "g/L"
    reference   TEXT NOT NULL, -- as printed: "0,70 - 1,10"
    flag        TEXT NOT NULL, -- 'high', 'low' or ''
    specimen    TEXT NOT NULL -- blood, urine, …
);
CREATE INDEX fact_by_patient ON fact (patient_id, id);
CREATE INDEX fact_by_document ON fact (document_id, id);
