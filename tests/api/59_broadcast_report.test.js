'use strict';
/* What became of a message to many: numbers, reasons in words, times, replies, hours, pages of recipients, CSV. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { aPatient, listen, startServer, until } = require('./harness.js');
const { Twilio } = require('../fakes/twilio.js');

const BROADCASTS = '/api/messaging/broadcast/';
const PUBLIC = 'https://dossier.example';
const WINDOW = 'Bonjour {{prenom}}, mangez 5 fruits et légumes par jour.';
const ENGLISH = { headers: { 'Accept-Language': 'en' } };
const CSV = { record: false };

/** A CSV of RFC 4180 as a list of objects. */
function parseCsv(text) {
  assert.equal(text[0], '\uFEFF');
  const rows = [];
  let row = [], cell = '', quoted = false;
  for (let i = 1; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') { cell += c; i += 1; } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',' || c === '\r') { row.push(cell); cell = ''; } else if (c === '\n') { rows.push(row); row = []; } else cell += c;
  }
  const [head, ...rest] = rows;
  return rest.map((values) => Object.fromEntries(head.map((name, i) => [name, values[i]])));
}

async function aClinic(t) {
  const twilio = await new Twilio().start();
  const clinic = await startServer({ env: twilio.env({ MEDIRECORD_PUBLIC_URL: PUBLIC, MESSAGE_RATE: '1000' }) });
  twilio.webhook = { public: PUBLIC, actual: clinic.url };
  t.after(async () => {
    await clinic.stop();
    await twilio.settled();
    await twilio.stop();
    clinic.remove();
  });
  return { twilio, clinic };
}

/** Active, and has written today: free text may leave. */
async function aWriter({ twilio, clinic }, with_ = {}) {
  const patient = await clinic.must(201, 'POST', '/api/patients/', aPatient(with_));
  await clinic.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: true });
  await twilio.say(patient.phone, 'Bonjour');
  return patient;
}

async function sent({ clinic }) {
  const { id } = await clinic.must(201, 'POST', BROADCASTS, { title: 'Conseil', content: WINDOW, target_all_patients: true });
  await clinic.must(202, 'POST', `${BROADCASTS}${id}/send_now/`);
  return id;
}

test('the report tells states, reasons in words, times, replies and hours', async (t) => {
  const place = await aClinic(t);
  const { twilio, clinic } = place;
  twilio.reports = ['sent', 'delivered', 'read'];
  const people = [];
  for (let i = 0; i < 6; i += 1) people.push(await aWriter(place, { first_name: `Awa${i}` }));
  const pending = await clinic.must(201, 'POST', '/api/patients/', aPatient());
  twilio.outcomes.set(people[5].phone, { code: 63024 });
  const id = await sent(place);
  const report = await until('all to be read', async () => {
    const found = await clinic.must(200, 'GET', `${BROADCASTS}${id}/report/`);
    return found.broadcast.counts.read === 5 && found.broadcast.counts.failed === 1 && found;
  });
  assert.deepEqual(report.reasons, {
    left_out: [{ reason: 'pending', reason_text: 'n’a pas encore accepté l’invitation', count: 1 }],
    failed: [{ reason: '63024', reason_text: 'pas de WhatsApp à ce numéro, ou injoignable', count: 1 }],
  });
  const english = await clinic.must(200, 'GET', `${BROADCASTS}${id}/report/`, undefined, ENGLISH);
  assert.equal(english.reasons.failed[0].reason_text, 'no WhatsApp at this number, or out of reach');
  for (const kind of ['delivery', 'reading']) {
    const { count, p50_seconds: p50, p95_seconds: p95 } = report.times[kind];
    assert.equal(count, 5);
    assert.ok(p50 >= 0 && p95 >= p50 && p95 < 60, `${kind}: ${p50}, ${p95}`);
  }
  assert.deepEqual(report.replies, { within_hours: 48, people: 0, messages: 0 });

  await twilio.say(people[0].phone, 'Merci docteur');
  await twilio.say(people[0].phone, 'Et le riz ?');
  await twilio.say(people[1].phone, 'Merci');
  const after = await clinic.must(200, 'GET', `${BROADCASTS}${id}/report/`);
  assert.deepEqual(after.replies, { within_hours: 48, people: 2, messages: 3 });
  const total = { sent: 0, delivered: 0, read: 0, replied: 0 };
  for (const hour of after.hours) {
    assert.match(hour.hour, /:00:00(\.0+)?Z$/);
    for (const name of Object.keys(total)) total[name] += hour[name];
  }
  assert.deepEqual(total, { sent: 5 + (total.sent - 5), delivered: 5, read: 5, replied: 2 });
  assert.ok(total.sent === 5 || total.sent === 6); // the failed one may have been taken first

  const failed = await clinic.must(200, 'GET', `${BROADCASTS}${id}/report/?status=failed`);
  assert.deepEqual(failed.recipients.results.map((r) => [r.patient, r.reason, r.reason_text]), [[people[5].id, '63024', 'pas de WhatsApp à ce numéro, ou injoignable']]);
  const log = await clinic.must(200, 'GET', '/api/messaging/messages/?status=failed');
  assert.deepEqual(
    log.results.filter((m) => m.broadcast === id).map((m) => [m.patient_name, m.error_code, m.error_kind, m.error_text]),
    [[`${people[5].first_name} ${people[5].last_name}`, '63024', 'unreachable', 'pas de WhatsApp à ce numéro, ou injoignable']],
  );
  const named = await clinic.must(200, 'GET', `${BROADCASTS}${id}/report/?status=failed&reason=63024`);
  assert.deepEqual([named.recipients.count, named.recipients.results[0].patient_name], [1, `${people[5].first_name} ${people[5].last_name}`]);
  assert.equal((await clinic.must(200, 'GET', `${BROADCASTS}${id}/report/?status=failed&reason=63016`)).recipients.count, 0);
  await clinic.must(400, 'GET', `${BROADCASTS}${id}/report/?reason=63024`);
  const second = await clinic.must(200, 'GET', `${BROADCASTS}${id}/report/?page_size=4&page=2`);
  assert.deepEqual(second.recipients.results.map((r) => r.patient), [people[4].id, people[5].id, pending.id]);
  assert.equal(second.recipients.count, 7);
});

test('the CSV has a row a recipient, and nothing that a spreadsheet would run', async (t) => {
  const place = await aClinic(t);
  const { clinic } = place;
  const names = ['=HYPERLINK("http://mal.example")', '+221', '-2+3', '@SUM(1)', 'Awa "la, grande"', 'Ndèye'];
  const people = [];
  for (const first_name of names) people.push(await aWriter(place, { first_name }));
  const pending = await clinic.must(201, 'POST', '/api/patients/', aPatient());
  const id = await sent(place);
  await until('all to be delivered', async () => (await clinic.must(200, 'GET', `${BROADCASTS}${id}/`)).counts.delivered === names.length);
  const answer = await clinic.api('GET', `${BROADCASTS}${id}/report/?format=csv`, undefined, CSV);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^text\/csv; charset=utf-8/);
  assert.equal(answer.headers.get('content-disposition'), `attachment; filename="diffusion-${id}.csv"`);
  const rows = parseCsv(answer.bytes.toString());
  assert.deepEqual(rows.map((r) => Number(r.patient)), [...people, pending].map((p) => p.id));
  assert.deepEqual(rows.slice(0, 6).map((r) => r.first_name), names.map((n) => (/^[=+\-@]/.test(n) ? `'${n}` : n)));
  for (const row of rows) for (const cell of Object.values(row)) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
  assert.deepEqual(rows.map((r) => r.phone), [...people, pending].map((p) => `'${p.phone}`));
  assert.deepEqual([rows[6].status, rows[6].reason, rows[6].reason_text, rows[6].sent_at], ['left_out', 'pending', 'n’a pas encore accepté l’invitation', '']);
  assert.match(rows[0].delivered_at, /^\d{4}-\d\d-\d\dT.*Z$/);

  const accepted = await clinic.api('GET', `${BROADCASTS}${id}/report/?status=left_out`, undefined, { ...CSV, headers: { Accept: 'text/csv', 'Accept-Language': 'en' } });
  const left = parseCsv(accepted.bytes.toString());
  assert.deepEqual(left.map((r) => [Number(r.patient), r.reason_text]), [[pending.id, 'has not accepted the invitation yet']]);
  await clinic.must(400, 'GET', `${BROADCASTS}${id}/report/?format=xml`);
  await clinic.must(404, 'GET', `${BROADCASTS}999/report/?format=csv`);
  await clinic.must(401, 'GET', `${BROADCASTS}${id}/report/?format=csv`, undefined, { token: null });
});

test('a CSV of more people than a piece holds is whole', async (t) => {
  const clinic = await startServer();
  t.after(async () => {
    await clinic.stop();
    clinic.remove();
  });
  const ids = [];
  await Promise.all(Array.from({ length: 450 }, async (_, i) => {
    ids.push((await clinic.must(201, 'POST', '/api/patients/', aPatient({ phone: `+22177200${1000 + i}` }), { record: false })).id);
  }));
  const { phone } = await clinic.must(201, 'POST', '/api/patients/', aPatient({ phone: '+221772010000' }));
  await clinic.must(200, 'POST', '/api/patients/confirm/', { phone, valid: true });
  const id = await sent({ clinic });
  const rows = await until('the list to be whole', async () => {
    const found = parseCsv((await clinic.api('GET', `${BROADCASTS}${id}/report/?format=csv`, undefined, CSV)).bytes.toString());
    return found.length === 451 && found;
  });
  assert.equal(new Set(rows.map((r) => r.patient)).size, 451);
  assert.deepEqual(rows.map((r) => Number(r.patient)), rows.map((r) => Number(r.patient)).sort((a, b) => a - b));
});

test('progress is told at most once a second, and the end always', async (t) => {
  const place = await aClinic(t);
  const { clinic } = place;
  const patients = 60;
  for (let i = 0; i < patients; i += 1) await aWriter(place);
  const other = await listen(clinic);
  const listener = await listen(clinic);
  const told = () => listener.events.filter((e) => e.event === 'broadcast');
  const began = Date.now();
  const id = await sent(place);
  /* As a page does it: each time that it is told, it asks. */
  let asked = 0, last;
  await until('what is asked after the last event to be the end', async () => {
    if (told().length === asked) return false;
    asked = told().length;
    last = await clinic.must(200, 'GET', `${BROADCASTS}${id}/`);
    return last.status === 'sent' && last.counts.delivered === patients;
  });
  const seconds = (Date.now() - began) / 1000;
  assert.ok(told().every((e) => JSON.stringify(e.data) === `{"id":${id}}`));
  assert.ok(told().length <= 2 + seconds, `${told().length} events in ${seconds} s`);
  assert.equal(other.events.filter((e) => e.event === 'broadcast').length > 0, true);
  listener.close();
  other.close();
});
