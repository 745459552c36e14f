-- What a paper says of a vaccination besides its day (fact.value) and its rank (fact.dose).

ALTER TABLE fact ADD COLUMN lot TEXT NOT NULL DEFAULT ''; -- of the vaccine, as printed; '' when not said
ALTER TABLE fact ADD COLUMN due TEXT NOT NULL DEFAULT ''; -- day of the next one, as printed; '' when not said
