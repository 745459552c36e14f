'use strict';
/* Messages to many: written, counted, looked at, sent to each exactly once, stopped; and every bad input answered clearly, with nothing half done. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { aPatient, startServer, until, withServer } = require('./harness.js');
const { Twilio } = require('../fakes/twilio.js');

const BROADCASTS = '/api/messaging/broadcast/';
const TIP = { title: 'Conseil nutrition', content: 'Bonjour {{prenom}}, mangez 5 fruits et légumes par jour.', category: 'health_tip', target_all_patients: true };

const server = withServer(test);

async function tokenOf(role) {
  const account = { email: `${role}.diffusion@clinique.example`, password: `mot de passe de ${role} 2026` };
  await server.account({ ...account, role });
  return (await server.must(200, 'POST', '/api/auth/token/', account, { token: null })).token;
}

/** An active patient with a tag of the test's own. */
async function anActive(clinic, with_ = {}) {
  const patient = await clinic.must(201, 'POST', '/api/patients/', aPatient(with_));
  await clinic.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: true });
  return patient;
}

const write = (clinic, with_ = {}) => clinic.must(201, 'POST', BROADCASTS, { ...TIP, ...with_ });
const toTag = (tag) => ({ target_all_patients: false, target: { tags: [tag] } });
const over = (clinic, id) => until(`broadcast ${id} to be over`, async () => {
  const b = await clinic.must(200, 'GET', `${BROADCASTS}${id}/`);
  return ['sent', 'cancelled', 'failed'].includes(b.status) && b;
});
const bodiesOf = async (clinic, phone) => (await clinic.must(200, 'GET', `/api/simulator/?phone=${encodeURIComponent(phone)}`)).results.filter((m) => m.direction === 'out' && m.status !== 'failed').map((m) => m.body);

test('one is written, read, listed, changed and deleted, with audit', async () => {
  const made = await write(server, { variants: { wo: 'Salaam {{prenom}}' }, rate_per_hour: 500 });
  assert.equal(made.status, 'draft');
  assert.equal(made.version, 1);
  assert.equal(made.target_all_patients, true);
  assert.deepEqual(made.target, {});
  assert.deepEqual(made.variants, { wo: 'Salaam {{prenom}}' });
  assert.equal(made.counts.recipients, 0);
  assert.deepEqual(await server.must(200, 'GET', `${BROADCASTS}${made.id}/`), made);
  const target = { tags: ['diabète'], tags_match: 'all', gender: 'F', age_min: 18, age_max: 60, language: 'fr', document_kind: 'laboratory', conditions: ['asthme'] };
  const changed = await server.must(200, 'PATCH', `${BROADCASTS}${made.id}/`, { title: 'Autre', target_all_patients: false, target, version: 1 });
  assert.equal(changed.title, 'Autre');
  assert.equal(changed.content, TIP.content);
  assert.equal(changed.version, 2);
  assert.deepEqual(changed.target, target);
  assert.equal((await server.api('PATCH', `${BROADCASTS}${made.id}/`, { title: 'Trop tard', version: 1 })).status, 409);
  assert.ok((await server.must(200, 'GET', `${BROADCASTS}?status=draft`)).results.some((b) => b.id === made.id));
  await server.must(400, 'GET', `${BROADCASTS}?status=autre`);
  await server.must(204, 'DELETE', `${BROADCASTS}${made.id}/`);
  await server.must(404, 'GET', `${BROADCASTS}${made.id}/`);
  await server.must(404, 'DELETE', `${BROADCASTS}${made.id}/`);
  const { results } = await server.must(200, 'GET', '/api/audit/');
  const actions = results.filter((a) => a.object_type === 'broadcast' && a.object_id === made.id).map((a) => a.action).sort();
  assert.deepEqual(actions, ['broadcast.create', 'broadcast.delete', 'broadcast.update']);
});

test('what cannot be sent is refused field by field, in both languages', async () => {
  const cases = [
    [{ title: '' }, 'title'],
    [{ title: 'x'.repeat(201) }, 'title'],
    [{ content: '   ' }, 'content'],
    [{ content: undefined }, 'content'],
    [{ content: 'x'.repeat(1501) }, 'content'],
    [{ content: '💊'.repeat(751) }, 'content'], // two each, as carriers count
    [{ content: 'Bonjour {{surnom}}' }, 'content', /surnom/],
    [{ content: 'Bonjour {{prenom' }, 'content', /accolade/],
    [{ category: 'Conseil santé' }, 'category'],
    [{ language: 'de' }, 'language'],
    [{ variants: { de: 'Hallo' } }, 'variants.de'],
    [{ variants: { fr: 'Bonjour' } }, 'variants.fr'],
    [{ variants: { wo: 'x'.repeat(1501) } }, 'variants.wo'],
    [{ variants: { wo: '{{turr}}' } }, 'variants.wo'],
    [{ variants: 'wo' }, 'variants'],
    [{ target_all_patients: false }, 'target'],
    [{ target_all_patients: undefined }, 'target_all_patients'],
    [{ target: { gender: 'F' } }, 'target'], // all, and yet some
    [{ ...toTag('x'), target: { gender: 'X' } }, 'target.gender'],
    [{ ...toTag('x'), target: { age_min: 60, age_max: 20 } }, 'target.age_min'],
    [{ ...toTag('x'), target: { age_min: -1 } }, 'target.age_min'],
    [{ ...toTag('x'), target: { ville: 'Dakar' } }, 'target.ville'],
    [{ ...toTag('x'), target: { tags: Array(9).fill('x') } }, 'target.tags'],
    [{ ...toTag('x'), target: { active_after: 'hier' } }, 'target.active_after'],
    [{ ...toTag('x'), target: ['x'] }, 'target'],
    [{ scheduled_at: '2020-01-01T08:00:00Z' }, 'scheduled_at', /passée/],
    [{ scheduled_at: 'demain' }, 'scheduled_at'],
    [{ rate_per_hour: 0 }, 'rate_per_hour'],
    [{ template_variables: { 'Mon nom': 'x' } }, 'template_variables'],
    [{ status: 'sent' }, 'status'],
  ];
  const before = (await server.must(200, 'GET', BROADCASTS)).count;
  for (const [change, field, words] of cases) {
    const answer = await server.api('POST', BROADCASTS, { ...TIP, ...change });
    assert.equal(answer.status, 400, JSON.stringify(change));
    assert.ok(Array.isArray(answer.body[field]), `${JSON.stringify(change)}: ${JSON.stringify(answer.body)}`);
    if (words) assert.match(answer.body[field][0], words);
    const english = await server.api('POST', BROADCASTS, { ...TIP, ...change }, { headers: { 'Accept-Language': 'en' } });
    assert.notDeepEqual(english.body[field], answer.body[field]);
  }
  assert.equal((await server.must(200, 'GET', BROADCASTS)).count, before);
});

test('everybody who is meant gets exactly one, and the report says what became of each', async () => {
  const tag = 'rapport';
  const people = [];
  for (let i = 0; i < 5; i += 1) people.push(await anActive(server, { tags: [tag], first_name: `Aminata${i}` }));
  const pending = await server.must(201, 'POST', '/api/patients/', aPatient({ tags: [tag] }));
  await server.must(201, 'POST', `/api/patients/${people[4].id}/consents/`, { purpose: 'messages', granted: false });
  const { id } = await write(server, toTag(tag));
  assert.deepEqual(await server.must(200, 'GET', `${BROADCASTS}${id}/count/`), { matching: 6, sendable: 4, left_out: { opted_out: 1, pending: 1 } });
  const started = await server.must(202, 'POST', `${BROADCASTS}${id}/send_now/`);
  assert.ok(['sending', 'sent'].includes(started.status));
  const done = await over(server, id);
  assert.equal(done.status, 'sent');
  const all = await until('all to be delivered', async () => {
    const report = await server.must(200, 'GET', `${BROADCASTS}${id}/report/`);
    return report.broadcast.counts.delivered === 4 && report;
  });
  assert.equal(all.recipients.count, 6);
  assert.deepEqual(all.reasons.left_out.map((r) => [r.reason, r.count]), [['opted_out', 1], ['pending', 1]]);
  for (const p of people.slice(0, 4)) {
    assert.deepEqual((await bodiesOf(server, p.phone)).filter((b) => /fruits/.test(b)), [`Bonjour ${p.first_name}, mangez 5 fruits et légumes par jour.`]);
  }
  for (const p of [people[4], pending]) assert.equal((await bodiesOf(server, p.phone)).filter((b) => /fruits/.test(b)).length, 0);
  const left = await server.must(200, 'GET', `${BROADCASTS}${id}/report/?status=left_out&page_size=1`);
  assert.equal(left.recipients.count, 2);
  assert.equal(left.recipients.results.length, 1);
  await server.must(400, 'GET', `${BROADCASTS}${id}/report/?status=autre`);
  const again = await server.api('POST', `${BROADCASTS}${id}/send_now/`);
  assert.equal(again.status, 409);
  assert.equal(again.body.code, 'broadcast_started');
  assert.equal((await server.api('PATCH', `${BROADCASTS}${id}/`, { title: 'Trop tard' })).status, 409);
  const held = await server.must(200, 'GET', `/api/patients/${people[0].id}/export/`);
  assert.equal(held.broadcasts.find((b) => b.broadcast === id).state, 'delivered');
});

test('of two starts at once one wins', async () => {
  await anActive(server, { tags: ['deux'] });
  const { id } = await write(server, toTag('deux'));
  const answers = await Promise.all([1, 2, 3].map(() => server.api('POST', `${BROADCASTS}${id}/send_now/`)));
  assert.deepEqual(answers.map((a) => a.status).sort(), [202, 409, 409]);
  assert.equal((await over(server, id)).counts.recipients, 1);
});

test('the same key starts once and answers the same', async () => {
  await anActive(server, { tags: ['clef'] });
  const headers = { 'Idempotency-Key': 'diffusion-1' };
  const first = await server.must(201, 'POST', BROADCASTS, { ...TIP, ...toTag('clef') }, { headers });
  assert.equal((await server.must(201, 'POST', BROADCASTS, { ...TIP, ...toTag('clef') }, { headers })).id, first.id);
  const key = { headers: { 'Idempotency-Key': 'envoi-1' } };
  const one = await server.must(202, 'POST', `${BROADCASTS}${first.id}/send_now/`, undefined, key);
  assert.deepEqual(await server.must(202, 'POST', `${BROADCASTS}${first.id}/send_now/`, undefined, key), one);
  await server.must(409, 'POST', `${BROADCASTS}${first.id}/send_now/`);
});

test('nobody left, or a field that somebody lacks: nothing is started', async () => {
  const empty = await write(server, toTag('personne'));
  const nobody = await server.api('POST', `${BROADCASTS}${empty.id}/send_now/`);
  assert.equal(nobody.status, 409);
  assert.equal(nobody.body.code, 'broadcast_nobody');
  const lonely = await anActive(server, { tags: ['champ'] });
  const { id } = await write(server, { ...toTag('champ'), content: 'Le {{medecin}} vous attend.' });
  const missing = await server.api('POST', `${BROADCASTS}${id}/send_now/`);
  assert.equal(missing.status, 400);
  assert.equal(missing.body.code, 'broadcast_field_missing');
  assert.match(missing.body.detail, new RegExp(`1 : n° ${lonely.id}`));
  const b = await server.must(200, 'GET', `${BROADCASTS}${id}/`);
  assert.equal(b.status, 'draft');
  assert.equal(b.counts.recipients, 0);
  await server.must(200, 'PATCH', `${BROADCASTS}${id}/`, { content: '{{medecin|Votre médecin}} vous attend.' });
  await server.must(202, 'POST', `${BROADCASTS}${id}/send_now/`);
  await over(server, id);
  assert.ok((await bodiesOf(server, lonely.phone)).includes('Votre médecin vous attend.'));
});

test('a template that is unknown, refused or not fed is told', async () => {
  await anActive(server, { tags: ['modèle'] });
  const sid = `HX${'c'.repeat(32)}`;
  const { id } = await write(server, { ...toTag('modèle'), template_sid: sid });
  const unknown = await server.api('POST', `${BROADCASTS}${id}/send_now/`);
  assert.equal(unknown.status, 400);
  assert.equal(unknown.body.code, 'broadcast_template_unknown');
  await server.must(201, 'POST', '/api/messaging/templates/', { purpose: 'conseil', language: 'fr', carrier_name: sid, category: 'MARKETING', variables: ['prenom', 'lieu'], body: 'Bonjour {{1}}, venez à {{2}} demain.' });
  const hungry = await server.api('POST', `${BROADCASTS}${id}/send_now/`);
  assert.equal(hungry.status, 400);
  assert.equal(hungry.body.code, 'broadcast_template_variable');
  assert.match(hungry.body.detail, /lieu/);
  await server.must(200, 'PATCH', `${BROADCASTS}${id}/`, { template_variables: { lieu: 'Dakar' } });
  await server.must(202, 'POST', `${BROADCASTS}${id}/send_now/`);
});

test('paused, resumed, cancelled, and deleted only when it is over', async () => {
  for (let i = 0; i < 3; i += 1) await anActive(server, { tags: ['pause'] });
  const { id } = await write(server, { ...toTag('pause'), rate_per_hour: 1 }); // one now, the others not today
  await server.must(409, 'POST', `${BROADCASTS}${id}/pause/`);
  await server.must(202, 'POST', `${BROADCASTS}${id}/send_now/`);
  await until('the first to be written to', async () => {
    const { counts } = await server.must(200, 'GET', `${BROADCASTS}${id}/`);
    return counts.sent + counts.delivered + counts.read === 1; // one that is only queued would be taken back
  });
  const sending = await server.api('DELETE', `${BROADCASTS}${id}/`);
  assert.equal(sending.status, 409);
  assert.match(sending.body.detail, /annulez-la/);
  assert.equal((await server.must(200, 'POST', `${BROADCASTS}${id}/pause/`)).status, 'paused');
  await server.must(409, 'POST', `${BROADCASTS}${id}/pause/`);
  assert.equal((await server.must(200, 'POST', `${BROADCASTS}${id}/resume/`)).status, 'sending');
  await server.must(409, 'POST', `${BROADCASTS}${id}/resume/`);
  const cancelled = await server.must(200, 'POST', `${BROADCASTS}${id}/cancel/`);
  assert.equal(cancelled.status, 'cancelled');
  assert.equal(cancelled.counts.cancelled, 2);
  assert.equal(cancelled.counts.waiting, 0);
  assert.equal((await server.api('POST', `${BROADCASTS}${id}/cancel/`)).status, 409);
  await server.must(204, 'DELETE', `${BROADCASTS}${id}/`);
});

test('a scheduled one starts by itself and can be put off', async () => {
  await anActive(server, { tags: ['heure'] });
  const later = new Date(Date.now() + 3600e3).toISOString();
  const b = await write(server, { ...toTag('heure'), scheduled_at: later });
  assert.equal(b.status, 'scheduled');
  assert.equal((await server.must(200, 'PATCH', `${BROADCASTS}${b.id}/`, { scheduled_at: null })).status, 'draft');
  const soon = new Date(Date.now() + 300).toISOString();
  assert.equal((await server.must(200, 'PATCH', `${BROADCASTS}${b.id}/`, { scheduled_at: soon })).status, 'scheduled');
  assert.equal((await over(server, b.id)).status, 'sent');
});

test('the preview is that of a real patient in the patient’s language, and a test goes to a number', async () => {
  const { id: wolof } = await anActive(server, { tags: ['aperçu'], language: 'wo', first_name: 'Ndeye' });
  const b = await write(server, { ...toTag('aperçu'), variants: { wo: 'Salaam {{prenom}} 💊' } });
  const seen = await server.must(200, 'GET', `${BROADCASTS}${b.id}/preview/?patient=${wolof}`);
  assert.deepEqual(seen, {
    patient: wolof, language: 'wo', text: 'Salaam Ndeye 💊', missing: [], characters: 15, characters_max: 1500, as: 'text', template_text: null, left_out: null, price_usd: null,
  });
  const other = await anActive(server);
  assert.equal((await server.must(200, 'GET', `${BROADCASTS}${b.id}/preview/?patient=${other.id}`)).left_out, 'not_targeted');
  assert.equal((await server.must(200, 'GET', `${BROADCASTS}${b.id}/preview/`)).patient, wolof);
  await server.must(404, 'GET', `${BROADCASTS}${b.id}/preview/?patient=999999`);
  const tried = await server.must(202, 'POST', `${BROADCASTS}${b.id}/test/`, { phone: '77 999 00 01', language: 'wo' });
  assert.deepEqual(tried, { phone: '+221779990001', language: 'wo', text: 'Salaam Awa 💊' });
  await until('the test to arrive', async () => (await bodiesOf(server, '+221779990001')).includes(tried.text));
  assert.equal((await server.must(200, 'GET', `${BROADCASTS}${b.id}/`)).counts.recipients, 0);
  await server.must(400, 'POST', `${BROADCASTS}${b.id}/test/`, { phone: '12' });
});

test('one that is not written yet is counted', async () => {
  await anActive(server, { tags: ['compte'], gender: 'F' });
  await anActive(server, { tags: ['compte'], gender: 'M' });
  assert.deepEqual(await server.must(200, 'POST', `${BROADCASTS}count/`, { target: { tags: ['compte'], gender: 'F' } }), { matching: 1, sendable: 1, left_out: {} });
  await server.must(400, 'POST', `${BROADCASTS}count/`, { target: { gender: 'X' } });
});

test('one that is not written yet is looked at, with what a record lacks left standing', async () => {
  const { id } = await anActive(server, { tags: ['regard'], first_name: 'Coumba' });
  const before = (await server.must(200, 'GET', BROADCASTS)).count;
  const content = 'Bonjour {{prenom}}, voyez {{medecin}}.';
  const seen = await server.must(200, 'POST', `${BROADCASTS}preview/?patient=${id}`, { content, ...toTag('regard') });
  assert.deepEqual([seen.text, seen.missing, seen.left_out], ['Bonjour Coumba, voyez {{medecin}}.', ['medecin'], 'missing_field']);
  await server.must(409, 'POST', `${BROADCASTS}preview/`, { content, ...toTag('regard') }); // nobody would get it
  assert.equal((await server.must(200, 'POST', `${BROADCASTS}preview/`, { content: 'Bonjour.', ...toTag('regard') })).patient, id);
  await server.must(400, 'POST', `${BROADCASTS}preview/`, { content: 'Bonjour {{surnom}}' });
  const x = await server.must(200, 'POST', `${BROADCASTS}estimate/`, { content: 'Bonjour.', ...toTag('regard'), scheduled_at: '2036-06-03T09:00' });
  assert.deepEqual([x.recipients, x.starts_at.slice(0, 16), x.time_zone], [1, '2036-06-03T09:00', 'Africa/Dakar']);
  assert.ok('scheduled_at' in (await server.must(400, 'POST', `${BROADCASTS}estimate/`, { scheduled_at: '2020-01-01T09:00' })));
  assert.equal((await server.must(200, 'GET', BROADCASTS)).count, before);
});

test('n8n writes and starts one with a token, and a refusal leaves nothing behind', async () => {
  const service = await tokenOf('service');
  const nurse = await tokenOf('nurse');
  const { phone } = await anActive(server, { tags: ['n8n'] });
  await server.must(401, 'POST', '/webhook/broadcast-message', TIP, { token: null });
  await server.must(403, 'POST', '/webhook/broadcast-message', TIP, { token: nurse });
  const before = (await server.must(200, 'GET', BROADCASTS)).count;
  await server.must(409, 'POST', '/webhook/broadcast-message', { ...TIP, ...toTag('personne') }, { token: service });
  assert.equal((await server.must(200, 'GET', BROADCASTS)).count, before);
  const b = await server.must(202, 'POST', '/webhook/broadcast-message', { ...TIP, ...toTag('n8n') }, { token: service });
  assert.equal((await over(server, b.id)).counts.recipients, 1);
  assert.equal((await bodiesOf(server, phone)).filter((x) => /fruits/.test(x)).length, 1);
});

test('nurses read, doctors and programs write', async () => {
  const account = { email: 'nurse.diffusion@clinique.example', password: 'mot de passe de nurse 2026' };
  const { token } = await server.must(200, 'POST', '/api/auth/token/', account, { token: null });
  const { id } = await write(server, toTag('rôles'));
  await server.must(200, 'GET', BROADCASTS, undefined, { token });
  await server.must(200, 'GET', `${BROADCASTS}${id}/report/`, undefined, { token });
  await server.must(403, 'POST', BROADCASTS, TIP, { token });
  await server.must(403, 'POST', `${BROADCASTS}${id}/send_now/`, undefined, { token });
  await server.must(403, 'DELETE', `${BROADCASTS}${id}/`, undefined, { token });
  await server.must(401, 'GET', BROADCASTS, undefined, { token: null });
});

test('who says STOP while it is sent gets nothing of it', async (t) => {
  const clinic = await startServer({ env: { MESSAGE_RATE: '5' } });
  t.after(() => clinic.stop());
  const people = [];
  for (let i = 0; i < 20; i += 1) people.push(await anActive(clinic));
  await until('the welcomes to leave', async () => (await clinic.must(200, 'GET', '/api/messaging/messages/?status=queued')).count === 0);
  const { id } = await write(clinic);
  await clinic.must(202, 'POST', `${BROADCASTS}${id}/send_now/`);
  const last = people[19];
  await clinic.must(201, 'POST', '/api/simulator/', { phone: last.phone, body: 'STOP' });
  const done = await over(clinic, id);
  assert.equal(done.counts.left_out, 1);
  assert.equal((await bodiesOf(clinic, last.phone)).filter((b) => /fruits/.test(b)).length, 0);
  for (const p of people.slice(0, 19)) assert.equal((await bodiesOf(clinic, p.phone)).filter((b) => /fruits/.test(b)).length, 1);
});

test('through a carrier with a window: free text to who wrote today, the template to the others, and nobody waits for ever', async (t) => {
  const PUBLIC = 'https://dossier.example';
  const prices = { MESSAGE_PRICE: '0.005', TEMPLATE_PRICE_MARKETING: '0.0225' };
  const twilio = await new Twilio().start();
  const clinic = await startServer({ env: twilio.env({ MEDIRECORD_PUBLIC_URL: PUBLIC, ...prices }) });
  twilio.webhook = { public: PUBLIC, actual: clinic.url };
  t.after(async () => {
    await clinic.stop();
    await twilio.settled();
    await twilio.stop();
    assert.deepEqual(twilio.violations, []);
  });
  const template = { purpose: 'conseil', language: 'fr', carrier_name: `HX${'d'.repeat(32)}`, category: 'MARKETING', variables: ['prenom', 'conseil'], body: 'Bonjour {{1}}, un conseil : {{2}} Bonne journée.' };
  const wrote = await anActive(clinic, { first_name: 'Awa' });
  const silent = await anActive(clinic, { first_name: 'Binta' });
  await twilio.say(wrote.phone, 'Bonjour');
  await until('the window to open', async () => (await clinic.must(200, 'GET', `/api/messaging/messages/?direction=in&phone=${encodeURIComponent(wrote.phone)}`)).count === 1);

  // Without a template those who have not written are left out, and the count says so.
  const free = await clinic.must(201, 'POST', BROADCASTS, TIP);
  assert.deepEqual(await clinic.must(200, 'GET', `${BROADCASTS}${free.id}/count/`), { matching: 2, sendable: 1, left_out: { window_closed: 1 } });
  assert.equal((await clinic.must(200, 'GET', `${BROADCASTS}${free.id}/preview/?patient=${silent.id}`)).left_out, 'window_closed');
  await clinic.must(202, 'POST', `${BROADCASTS}${free.id}/send_now/`);
  const done = await over(clinic, free.id);
  assert.equal(done.counts.left_out, 1);
  await until('the tip', () => twilio.sent(wrote.phone).some((m) => /fruits/.test(m.body) && !m.template));

  // With one that is not approved nothing starts; approved, it goes to who has not written.
  const both = await clinic.must(201, 'POST', BROADCASTS, { ...TIP, template_sid: template.carrier_name, template_variables: { conseil: '5 fruits par jour.' } });
  await clinic.must(201, 'POST', '/api/messaging/templates/', template);
  const early = await clinic.api('POST', `${BROADCASTS}${both.id}/send_now/`);
  assert.equal(early.status, 400);
  assert.match(early.body.code, /^broadcast_template_(not_approved|refused)$/);
  twilio.templates.set(template.carrier_name, { name: 'conseil', language: 'fr', body: template.body, status: 'approved' });
  const [{ id }] = (await clinic.must(200, 'GET', '/api/messaging/templates/?purpose=conseil')).results;
  await clinic.must(200, 'POST', `/api/messaging/templates/${id}/check/`);
  const seen = await clinic.must(200, 'GET', `${BROADCASTS}${both.id}/preview/?patient=${silent.id}`);
  assert.equal(seen.as, 'template');
  assert.equal(seen.template_text, 'Bonjour Binta, un conseil : 5 fruits par jour. Bonne journée.');
  assert.equal(seen.price_usd, 0.0275);
  assert.equal((await clinic.must(200, 'GET', `${BROADCASTS}${both.id}/preview/?patient=${wrote.id}`)).price_usd, 0.005);
  await clinic.must(202, 'POST', `${BROADCASTS}${both.id}/send_now/`);
  await until('both to have it', async () => (await clinic.must(200, 'GET', `${BROADCASTS}${both.id}/`)).counts.delivered === 2);
  assert.equal(twilio.sent(silent.phone).filter((m) => m.template === template.carrier_name).length, 1);
  assert.equal(twilio.sent(wrote.phone).filter((m) => m.template === template.carrier_name).length, 0);
});
