-- Where the sheet lies in a photograph, so that the picture of its page shows the sheet alone.

ALTER TABLE document_page ADD COLUMN corners @blob@; -- left top, right top, right bottom, left bottom, each u16 x, u16 y in 65535ths of the original's width and height; NULL: all of it
