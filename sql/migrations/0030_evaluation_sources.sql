-- What was expected when a golden question was tried, and what the answer cited: the question may be changed later.

ALTER TABLE evaluation_result ADD COLUMN words TEXT;    -- golden_question.words as it was then; NULL: tried before this column was there
ALTER TABLE evaluation_result ADD COLUMN refuse BIGINT; -- golden_question.refuse likewise
ALTER TABLE evaluation_result ADD COLUMN sources TEXT;  -- JSON list of what the answer cited, as rag_question.sources; NULL likewise
