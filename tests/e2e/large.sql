-- A clinic of 10,000 patients who wrote and were answered 50,000 times, 5,000 of them in one thread; 300 wait for the doctor. :now in microseconds.
INSERT INTO patient (first_name, last_name, phone, phone_key, status, language, record_version, created_at_us, updated_at_us, search_text, last_name_folded,
                     first_name_folded, date_of_birth, gender, tags)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < 10000)
SELECT 'Awa' || i, 'Grande ' || (i % 97), printf('+22177%07d', i), printf('+22177%07d', i), 'active', 'fr', 1, :now - i * 60000000, :now - i * 60000000,
       'awa' || i || ' grande ' || (i % 97), 'grande ' || (i % 97), 'awa' || i, '1986-03-14', 'F', '["grande"]' FROM n;

INSERT INTO conversation (key, phone, patient_id, person_until_us, state, waiting_since_us, reminders, expects, expects_until_us, in_count, assistant_count,
                          doctor_count, started_at_us, last_message_at_us, expires_at_us)
SELECT 'whatsapp_' || substr(phone, 2) || '_large', phone, id, 0, 'assistant', CASE WHEN id % 33 = 0 THEN :now - 60000000 END, 0, 0, 0, 2, 2, 0,
       :now - 3600000000, :now - id * 1000000, :now + 80000000000 - id * 1000000
  FROM patient WHERE phone LIKE '+22177_______' AND last_name LIKE 'Grande %';

INSERT INTO message (direction, kind, patient_id, phone, body, status, status_rank, created_at_us, updated_at_us, sent_at_us, delivered_at_us, read_at_us)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < 50000)
SELECT CASE i % 2 WHEN 0 THEN 'in' ELSE 'out' END, CASE i % 2 WHEN 0 THEN 'text' ELSE 'reply' END, p.id, p.phone,
       CASE i % 2 WHEN 0 THEN 'Bonjour docteur, question ' || i || ' : quand dois-je prendre mon médicament et combien de fois par jour ?'
                  ELSE 'Réponse ' || i || '. Deux comprimés par jour, matin et soir, pendant dix jours : ordonnance du 12 novembre, page 1.' END,
       CASE i % 2 WHEN 0 THEN 'processed' ELSE CASE WHEN i % 1001 = 0 THEN 'failed' ELSE 'read' END END, 3,
       :now - (50000 - i) * 60000000, :now - (50000 - i) * 60000000,
       CASE i % 2 WHEN 1 THEN :now - (50000 - i) * 60000000 END, CASE i % 2 WHEN 1 THEN :now - (50000 - i) * 60000000 END,
       CASE i % 2 WHEN 1 THEN :now - (50000 - i) * 60000000 END
  FROM n JOIN patient AS p ON p.phone = printf('+22177%07d', CASE WHEN i < 5000 THEN 0 ELSE (i / 2) % 9999 + 1 END);

INSERT OR IGNORE INTO contact (phone, last_in_at_us, seen_message_id) SELECT phone, :now, 2000000 FROM patient;
