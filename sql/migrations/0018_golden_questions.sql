-- Questions whose right answer the clinic knows, and what the assistant made of them each time it was tried.

CREATE TABLE golden_question (
    id            @id@, -- self-numbering
    patient_id    BIGINT REFERENCES patient (id) ON DELETE CASCADE, -- whose record is asked; NULL: nobody's, the clinic's advice
    question      TEXT NOT NULL,   -- as a patient would write it
    words         TEXT NOT NULL,   -- JSON list: all of them must stand in the answer; []: any answer from the record
    refuse        BIGINT NOT NULL, -- 1: the record does not hold it, and the assistant must say so
    note          TEXT NOT NULL,   -- of the doctor, for doctors
    answer        TEXT NOT NULL,   -- what was answered when the question was taken from a conversation; '' else
    question_id   BIGINT UNIQUE,   -- rag_question.id that it was taken from; NULL: typed
    created_by    BIGINT NOT NULL, -- app_user.id
    created_at_us BIGINT NOT NULL, -- microseconds UTC
    updated_at_us BIGINT NOT NULL  -- likewise
);
CREATE INDEX golden_question_by_patient ON golden_question (patient_id, id);

-- A run over all of them. Nothing of it is seen by patients.
CREATE TABLE evaluation (
    id            @id@, -- self-numbering
    state         TEXT NOT NULL,   -- 'waiting', 'running', 'done', 'failed'
    total_count   BIGINT NOT NULL, -- questions when it was started
    up_to_id      BIGINT NOT NULL, -- the last of them; later ones are left to the next run
    at_id         BIGINT NOT NULL, -- the last that was tried: a run that was cut goes on behind it
    done_count    BIGINT NOT NULL, -- tried so far
    passed_count  BIGINT NOT NULL, -- of them right
    engine        TEXT NOT NULL,   -- 'local': no model had a part in it
    started_by    BIGINT NOT NULL, -- app_user.id
    created_at_us BIGINT NOT NULL, -- when it was asked for
    started_at_us BIGINT,          -- first worked on; NULL: not yet
    ended_at_us   BIGINT           -- NULL: not yet
);

CREATE TABLE evaluation_result (
    evaluation_id BIGINT NOT NULL REFERENCES evaluation (id) ON DELETE CASCADE,      -- of which run
    golden_id     BIGINT NOT NULL REFERENCES golden_question (id) ON DELETE CASCADE, -- which question
    asked         TEXT NOT NULL,   -- the question as it was then
    passed        BIGINT NOT NULL, -- 1: as expected
    answer        TEXT NOT NULL,   -- what was answered
    why           TEXT NOT NULL,   -- '' when passed; else 'refused', 'answered', 'words_missing'
    missing       TEXT NOT NULL,   -- JSON list of the expected words that the answer lacks
    PRIMARY KEY (evaluation_id, golden_id)
);
CREATE INDEX evaluation_result_by_golden ON evaluation_result (golden_id);
