-- Pages of patients, one statement for each order that ?ordering= knows.

-- name: patient_list_{order}  params: 8  columns: 19
-- variants order: created = created_at_us, id | created_desc = created_at_us DESC, id DESC | updated = updated_at_us, id | updated_desc = updated_at_us DESC, id DESC | last_name = last_name_folded, first_name_folded, id | last_name_desc = last_name_folded DESC, first_name_folded DESC, id DESC | first_name = first_name_folded, last_name_folded, id | first_name_desc = first_name_folded DESC, last_name_folded DESC, id DESC | birth = date_of_birth, id | birth_desc = date_of_birth DESC, id DESC
-- $1 status or '', $2 to $6 LIKE patterns or '', $7 limit, $8 offset
SELECT id, first_name, last_name, email, phone, date_of_birth, gender, address, medical_history, allergies,
       current_medications, language, tags, assigned_to, status, created_at_us, updated_at_us, activated_at_us, shares_phone
  FROM patient
 WHERE ($1 = '' OR status = $1)
   AND ($2 = '' OR search_text LIKE $2 ESCAPE '!')
   AND ($3 = '' OR search_text LIKE $3 ESCAPE '!')
   AND ($4 = '' OR search_text LIKE $4 ESCAPE '!')
   AND ($5 = '' OR search_text LIKE $5 ESCAPE '!')
   AND ($6 = '' OR search_text LIKE $6 ESCAPE '!')
 ORDER BY {order}
 LIMIT $7 OFFSET $8;
