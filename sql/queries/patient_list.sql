-- Pages of patients, one statement for each order that ?ordering= knows, and what their filters offer.

-- part: matching
-- $1 status or '', $2 to $6 LIKE patterns or '', $7 gender or '', $8 language or '', $9 doctor or 0, $10 LIKE pattern of a tag or '', $11 number or ''
       ($1 = '' OR status = $1)
   AND ($2 = '' OR search_text LIKE $2 ESCAPE '!')
   AND ($3 = '' OR search_text LIKE $3 ESCAPE '!')
   AND ($4 = '' OR search_text LIKE $4 ESCAPE '!')
   AND ($5 = '' OR search_text LIKE $5 ESCAPE '!')
   AND ($6 = '' OR search_text LIKE $6 ESCAPE '!')
   AND ($7 = '' OR gender = $7)
   AND ($8 = '' OR language = $8)
   AND ($9 = 0 OR assigned_to = $9)
   AND ($10 = '' OR tags LIKE $10 ESCAPE '!')
   AND ($11 = '' OR phone = $11)

-- name: patient_list_{order}  params: 13  columns: 19
-- variants order: created = created_at_us, id | created_desc = created_at_us DESC, id DESC | updated = updated_at_us, id | updated_desc = updated_at_us DESC, id DESC | last_name = last_name_folded, first_name_folded, id | last_name_desc = last_name_folded DESC, first_name_folded DESC, id DESC | first_name = first_name_folded, last_name_folded, id | first_name_desc = first_name_folded DESC, last_name_folded DESC, id DESC | birth = date_of_birth, id | birth_desc = date_of_birth DESC, id DESC
-- $12 limit, $13 offset
SELECT id, first_name, last_name, email, phone, date_of_birth, gender, address, medical_history, allergies,
       current_medications, language, tags, assigned_to, status, created_at_us, updated_at_us, activated_at_us, shares_phone
  FROM patient
 WHERE {matching}
 ORDER BY {order}
 LIMIT $12 OFFSET $13;

-- name: patient_count_all  params: 0  columns: 1
SELECT count(*) FROM patient;

-- name: patient_count_matching  params: 11  columns: 1
SELECT count(*)
  FROM patient
 WHERE {matching};

-- name: patient_tag_lists  params: 0  columns: 2
-- Each list of tags that a record has, and how many have it.
SELECT tags, count(*) FROM patient WHERE tags <> '[]' GROUP BY tags;

-- name: patient_doctors  params: 1  columns: 3
-- Who can be responsible for a patient; $1 at most.
SELECT id, full_name, email FROM app_user WHERE is_active = 1 AND role IN ('doctor', 'admin') ORDER BY full_name, id LIMIT $1;
