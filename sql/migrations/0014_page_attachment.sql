-- Pages of files within a document ("pièces jointes").

ALTER TABLE document_page ADD COLUMN attachment TEXT NOT NULL DEFAULT ''; -- name of the file within the document that it comes from; '' for the document
