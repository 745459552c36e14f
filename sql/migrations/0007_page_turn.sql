-- How the original of a page was turned to be read, so that its picture shows words where their boxes are.

ALTER TABLE document_page ADD COLUMN quarters BIGINT NOT NULL DEFAULT 0; -- quarters of a turn, clockwise
ALTER TABLE document_page ADD COLUMN skew_mdeg BIGINT NOT NULL DEFAULT 0; -- then about its middle, thousandths of a degree, clockwise
