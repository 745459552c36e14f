-- Several people behind one number: a child, an old father. One record owns the number; others share it because the clinic said so.

-- What keeps a number from being taken twice: the number itself for its owner, something of its own for who shares it.
ALTER TABLE patient RENAME COLUMN phone TO phone_key;
ALTER TABLE patient ADD COLUMN phone TEXT NOT NULL DEFAULT ''; -- E.164, "+221771234567"
ALTER TABLE patient ADD COLUMN shares_phone INTEGER NOT NULL DEFAULT 0; -- 1: the number may be another record's
UPDATE patient SET phone = phone_key;
CREATE INDEX patient_by_phone ON patient (phone, id);
