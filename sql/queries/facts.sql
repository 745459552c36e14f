-- name: fact_insert  params: 29  columns: 0
INSERT INTO fact (patient_id, document_id, page, type, x, y, w, h, confidence, quote, name, name_folded, strength, form, dose, route,
                  frequency, duration, renewals, instruction, value, unit, reference, flag, specimen, lot, due,
                  correction_id, day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
        $26, $27, $28, $29);

-- name: fact_delete_of_document  params: 1  columns: 0
DELETE FROM fact WHERE document_id = $1;

-- name: fact_list_{scope}  params: 2  columns: 34
-- variants scope: of_patient = f.patient_id = $1 | of_document = f.document_id = $1
SELECT f.id, f.document_id, f.page, f.type, f.x, f.y, f.w, f.h, f.confidence, f.quote, f.name, f.name_folded, f.strength, f.form, f.dose,
       f.route, f.frequency, f.duration, f.renewals, f.instruction, f.value, f.unit, f.reference, f.flag, f.specimen, d.document_date,
       f.lot, f.due, f.correction_id, COALESCE(c.deed, ''), COALESCE(NULLIF(u.full_name, ''), u.email, ''), COALESCE(c.corrected_at_us, 0),
       COALESCE(u.role, ''), f.day
  FROM fact f JOIN document d ON d.id = f.document_id LEFT JOIN fact_correction c ON c.id = f.correction_id
       LEFT JOIN app_user u ON u.id = c.corrected_by
 WHERE {scope} AND ($2 = '' OR f.type = $2) ORDER BY f.id;

-- name: fact_correction_insert  params: 14  columns: 1
INSERT INTO fact_correction (document_id, page, deed, type, was_name, was_quote, x, y, w, h, said, corrected_by, corrected_at_us, mends)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
RETURNING id;

-- name: fact_correction_list  params: 1  columns: 14
SELECT c.id, c.page, c.deed, c.type, c.was_name, c.was_quote, c.x, c.y, c.w, c.h, c.said, COALESCE(NULLIF(u.full_name, ''), u.email, ''),
       c.corrected_at_us, c.mends
  FROM fact_correction AS c LEFT JOIN app_user AS u ON u.id = c.corrected_by WHERE c.document_id = $1 ORDER BY c.id;

-- name: fact_correction_delete  params: 2  columns: 0
DELETE FROM fact_correction WHERE id = $1 AND document_id = $2;
