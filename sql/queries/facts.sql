-- name: fact_insert  params: 27  columns: 0
INSERT INTO fact (patient_id, document_id, page, type, x, y, w, h, confidence, quote, name, name_folded, strength, form, dose, route,
                  frequency, duration, renewals, instruction, value, unit, reference, flag, specimen, lot, due)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
        $26, $27);

-- name: fact_delete_of_document  params: 1  columns: 0
DELETE FROM fact WHERE document_id = $1;

-- name: fact_list_{scope}  params: 2  columns: 28
-- variants scope: of_patient = f.patient_id = $1 | of_document = f.document_id = $1
SELECT f.id, f.document_id, f.page, f.type, f.x, f.y, f.w, f.h, f.confidence, f.quote, f.name, f.name_folded, f.strength, f.form, f.dose,
       f.route, f.frequency, f.duration, f.renewals, f.instruction, f.value, f.unit, f.reference, f.flag, f.specimen, d.document_date,
       f.lot, f.due
  FROM fact f JOIN document d ON d.id = f.document_id
 WHERE {scope} AND ($2 = '' OR f.type = $2) ORDER BY f.id;
