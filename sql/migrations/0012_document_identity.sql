-- Whose name a paper bears, and what the doctor said of it.

ALTER TABLE document ADD COLUMN named_patient TEXT NOT NULL DEFAULT ''; -- the patient's name on it, as printed; '' when not found
ALTER TABLE document ADD COLUMN named_birth TEXT NOT NULL DEFAULT ''; -- the birth date on it, ISO 8601; '' when not found
ALTER TABLE document ADD COLUMN belongs BIGINT NOT NULL DEFAULT 0; -- 1: the doctor said that it is this patient's, whatever it bears
