-- A table of results has columns of several days: each of its values is of the day of its column.

ALTER TABLE fact ADD COLUMN day TEXT NOT NULL DEFAULT ''; -- "2026-04-27"; '': of the document's day
