'use strict';
/* Templates: kept, checked with the carrier, used when the person has not written for a day; and what follows a failure. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { aPatient, startServer, until, withServer } = require('./harness.js');
const { Twilio } = require('../fakes/twilio.js');

const TEMPLATES = '/api/messaging/templates/';
const PUBLIC = 'https://dossier.example';
const ACTIVATION = {
  purpose: 'activation', language: 'fr', carrier_name: `HX${'a'.repeat(32)}`, category: 'UTILITY', variables: ['name', 'link', 'emergency'],
  body: 'Bonjour {{1}}, votre médecin vous propose de suivre votre dossier : {{2}} Répondez OUI pour accepter. Urgence : {{3}}.',
};
const WAITING = { purpose: 'waiting', language: 'fr', carrier_name: `HX${'b'.repeat(32)}`, category: 'UTILITY', variables: [], body: 'Votre clinique vous a répondu, répondez à ce message pour le lire.' };

const server = withServer(test);

/** An account of a role, signed in. */
async function tokenOf(role) {
  const account = { email: `${role}.modeles@clinique.example`, password: `mot de passe de ${role} 2026` };
  await server.account({ ...account, role });
  return (await server.must(200, 'POST', '/api/auth/token/', account, { token: null })).token;
}

/** A clinic whose carrier is a stand-in of Twilio. */
async function withTwilio(t, env = {}) {
  const twilio = await new Twilio().start();
  const clinic = await startServer({ env: twilio.env({ MEDIRECORD_PUBLIC_URL: PUBLIC, ...env }) });
  twilio.webhook = { public: PUBLIC, actual: clinic.url };
  t.after(async () => {
    await clinic.stop();
    await twilio.settled();
    await twilio.stop();
    assert.deepEqual(twilio.violations, []);
  });
  return { twilio, clinic };
}

/** At the carrier and here, checked. */
async function approved({ twilio, clinic }, template, status = 'approved') {
  twilio.templates.set(template.carrier_name, { name: template.purpose, language: template.language, body: template.body, status });
  const { id } = await clinic.must(201, 'POST', TEMPLATES, template);
  return clinic.must(200, 'POST', `${TEMPLATES}${id}/check/`);
}

const messagesOf = async (clinic, phone) => (await clinic.must(200, 'GET', `/api/messaging/messages/?direction=out&phone=${encodeURIComponent(phone)}`)).results;
const kinds = async (clinic) => (await clinic.must(200, 'GET', '/api/notifications/')).results.map((n) => n.kind);

// ---- the table ----

test('a template is added, read, listed, changed and deleted, with audit', async () => {
  const made = await server.must(201, 'POST', TEMPLATES, ACTIVATION);
  assert.equal(made.state, 'unknown');
  assert.equal(made.carrier_language, 'fr');
  assert.equal(made.checked_at, null);
  assert.deepEqual(made.variables, ACTIVATION.variables);
  assert.deepEqual(await server.must(200, 'GET', `${TEMPLATES}${made.id}/`), made);
  const changed = await server.must(200, 'PATCH', `${TEMPLATES}${made.id}/`, { category: 'MARKETING', carrier_language: 'fr_FR' });
  assert.equal(changed.category, 'MARKETING');
  assert.equal(changed.body, ACTIVATION.body);
  assert.equal((await server.must(200, 'GET', `${TEMPLATES}?purpose=activation`)).count, 1);
  assert.equal((await server.must(200, 'GET', `${TEMPLATES}?purpose=broadcast`)).count, 0);
  assert.equal((await server.api('POST', TEMPLATES, ACTIVATION)).status, 409);
  await server.must(201, 'POST', TEMPLATES, { ...ACTIVATION, language: 'wo', carrier_language: 'fr' });
  assert.equal((await server.api('PATCH', `${TEMPLATES}${made.id}/`, { language: 'wo' })).status, 409);
  await server.must(204, 'DELETE', `${TEMPLATES}${made.id}/`);
  await server.must(404, 'GET', `${TEMPLATES}${made.id}/`);
  await server.must(404, 'DELETE', `${TEMPLATES}${made.id}/`);
  const { results } = await server.must(200, 'GET', '/api/audit/');
  assert.deepEqual(results.filter((a) => a.object_type === 'template' && a.object_id === made.id).map((a) => a.action).sort(), ['template.create', 'template.delete', 'template.update']);
});

test('what no carrier would approve is refused, field by field', async () => {
  const cases = [
    [{ body: 'Bonjour {{1}} : {{2}}.' }, 'body', 'template_variables_differ'],
    [{ body: '{{1}}, ouvrez {{2}}, urgence {{3}}.' }, 'body', 'template_variable_at_edge'],
    [{ body: 'Bonjour {{1}} : {{2}}{{3}}.' }, 'body', 'template_variable_at_edge'],
    [{ body: `${'x'.repeat(1020)} {{1}} {{2}} {{3}}.` }, 'body', 'too_long'],
    [{ body: '   ', variables: [] }, 'body'],
    [{ variables: ['name', 'link', 'diagnostic'] }, 'variables', 'template_variable_unknown'],
    [{ body: 'Bonjour {{1}} !', variables: ['name'] }, 'variables', 'template_link_missing'],
    [{ variables: 'name' }, 'variables'],
    [{ carrier_name: 'HX123' }, 'carrier_name', 'template_name_invalid'],
    [{ carrier_name: 'Mon modèle' }, 'carrier_name', 'template_name_invalid'],
    [{ purpose: 'À tous' }, 'purpose', 'template_purpose_invalid'],
    [{ language: 'de' }, 'language'],
    [{ category: 'OTHER' }, 'category'],
    [{ state: 'approved' }, 'state'], // only the carrier says that
    [{ body: null }, 'body'],
  ];
  for (const [change, field, code] of cases) {
    const answer = await server.api('POST', TEMPLATES, { ...ACTIVATION, language: 'en', ...change });
    assert.equal(answer.status, 400, JSON.stringify(change));
    assert.ok(answer.body.fields?.[field] ?? answer.body[field], `${JSON.stringify(change)}: ${JSON.stringify(answer.body)}`);
    if (code?.startsWith('template_')) assert.match(JSON.stringify(answer.body), /variable|lien|nom|usage/i);
  }
  assert.equal((await server.must(200, 'GET', `${TEMPLATES}?purpose=activation`)).results.filter((x) => x.language === 'en').length, 0);
});

test('doctors and administrators write, nurses read, services do neither', async () => {
  const [doctor, nurse, service] = [await tokenOf('doctor'), await tokenOf('nurse'), await tokenOf('service')];
  const { id } = await server.must(201, 'POST', TEMPLATES, { ...WAITING, language: 'en' }, { token: doctor });
  await server.must(200, 'GET', TEMPLATES, undefined, { token: nurse });
  await server.must(403, 'GET', TEMPLATES, undefined, { token: service });
  for (const token of [nurse, service]) {
    await server.must(403, 'POST', TEMPLATES, WAITING, { token });
    await server.must(403, 'PATCH', `${TEMPLATES}${id}/`, { category: 'MARKETING' }, { token });
    await server.must(403, 'POST', `${TEMPLATES}${id}/check/`, undefined, { token });
    await server.must(403, 'DELETE', `${TEMPLATES}${id}/`, undefined, { token });
  }
  await server.must(401, 'GET', TEMPLATES, undefined, { token: null });
});

test('a carrier without templates says so', async () => {
  const { id } = await server.must(201, 'POST', TEMPLATES, { ...WAITING, purpose: 'rappel_vaccin' });
  assert.equal((await server.api('POST', `${TEMPLATES}${id}/check/`)).status, 409);
});

// ---- in use ----

test('the invitation leaves as the approved template, and other words have to be approved again', async (t) => {
  const both = await withTwilio(t);
  const { twilio, clinic } = both;
  const template = await approved(both, ACTIVATION);
  assert.equal(template.state, 'approved');
  const patient = await clinic.must(201, 'POST', '/api/patients/', aPatient({ first_name: 'Awa' }));
  const sent = await until('the invitation', () => twilio.sent(patient.phone)[0]);
  assert.equal(sent.template, ACTIVATION.carrier_name);
  const values = JSON.parse(sent.variables);
  assert.equal(values[1], 'Awa');
  assert.match(values[2], /^https:\/\/dossier\.example\/webhook\/confirm-/);
  const message = await until('its delivery', async () => (await messagesOf(clinic, patient.phone)).find((m) => m.status === 'delivered'));
  assert.equal(message.template, ACTIVATION.carrier_name);
  assert.equal(message.body, sent.body); // what the person read
  const changed = await clinic.must(200, 'PATCH', `${TEMPLATES}${template.id}/`, { body: `${ACTIVATION.body} Merci.`, variables: ACTIVATION.variables });
  assert.equal(changed.state, 'unknown');
});

test('without a template the invitation waits, the doctor is told once, and the approval lets it go', async (t) => {
  const both = await withTwilio(t);
  const { twilio, clinic } = both;
  const patients = [];
  for (let i = 0; i < 2; i += 1) patients.push(await clinic.must(201, 'POST', '/api/patients/', aPatient()));
  for (const { phone } of patients) {
    await until('the invitation to wait', async () => (await messagesOf(clinic, phone)).find((m) => m.waiting_for === 'person' && m.status === 'queued'));
  }
  assert.deepEqual((await kinds(clinic)).filter((k) => k === 'template.missing'), ['template.missing']);
  assert.equal(twilio.outbox.length, 0);
  await approved(both, ACTIVATION);
  for (const { phone } of patients) await until('the invitation', () => twilio.count(phone) === 1);
});

test('who writes gets what waited, as free text', async (t) => {
  const { twilio, clinic } = await withTwilio(t);
  const { phone } = await clinic.must(201, 'POST', '/api/patients/', aPatient());
  await until('the invitation to wait', async () => (await messagesOf(clinic, phone)).find((m) => m.waiting_for === 'person'));
  await twilio.say(phone, 'Bonjour');
  // The answer to what was said may leave before it.
  const invitation = await until('the invitation', () => twilio.sent(phone).find((m) => /confirm-/.test(m.body)));
  assert.equal(invitation.template, null);
});

test('a template that the carrier pauses is seen at the next check, and told', async (t) => {
  const both = await withTwilio(t);
  const template = await approved(both, ACTIVATION);
  both.twilio.templates.get(ACTIVATION.carrier_name).status = 'paused';
  const { phone } = await both.clinic.must(201, 'POST', '/api/patients/', aPatient());
  await until('the new state', async () => (await both.clinic.must(200, 'GET', `${TEMPLATES}${template.id}/`)).state === 'paused');
  assert.ok((await kinds(both.clinic)).includes('template.refused'));
  assert.equal((await messagesOf(both.clinic, phone))[0].status, 'failed');
});

// ---- what follows a failure ----

test('free text that came too late by the carrier’s clock waits and is read once', async (t) => {
  const { twilio, clinic } = await withTwilio(t);
  const phone = '+221771230001';
  await twilio.say(phone, 'Bonjour'); // for us the window is open
  twilio.windows.delete(phone); // for the carrier it is not
  const [again, lost] = await until('a replacement that waits', async () => {
    const messages = await messagesOf(clinic, phone);
    return messages[0]?.waiting_for === 'person' && messages;
  });
  assert.equal(lost.status, 'failed');
  assert.equal(lost.error_code, '63016');
  assert.equal(again.replaces, lost.id);
  assert.equal(again.body, lost.body);
  for (let i = 0; i < 5; i += 1) await twilio.report(lost.provider_sid, 'failed', { code: 63016 });
  assert.equal((await messagesOf(clinic, phone)).length, 2);
  await twilio.say(phone, 'Allô ?');
  await until('the answer to arrive', async () => (await messagesOf(clinic, phone)).find((m) => m.id === again.id && m.status === 'delivered'));
});

test('who has no WhatsApp gets the invitation by SMS, and the link works', async (t) => {
  const both = await withTwilio(t, { TWILIO_SMS_NUMBER: '+14155550100' });
  const { twilio, clinic } = both;
  await approved(both, ACTIVATION);
  const wanted = aPatient();
  twilio.outcomes.set(wanted.phone, { code: 63003 });
  twilio.outcomes.get = function once(person) {
    const outcome = Map.prototype.get.call(this, person);
    this.delete(person);
    return outcome;
  };
  const patient = await clinic.must(201, 'POST', '/api/patients/', wanted);
  const sms = await until('the SMS', () => twilio.sent(patient.phone).find((m) => !m.whatsapp));
  assert.doesNotMatch(sms.body, /WhatsApp/);
  const token = /confirm-([\w-]+)/.exec(sms.body)[1];
  const messages = await until('its delivery', async () => {
    const all = await messagesOf(clinic, patient.phone);
    return all.find((m) => m.transport === 'sms' && m.status === 'delivered') && all;
  });
  assert.equal(messages.length, 2);
  assert.equal(messages[0].replaces, messages[1].id);
  assert.deepEqual(await kinds(clinic), []);
  await clinic.must(200, 'POST', `/webhook/confirm-${token}`, {}, { token: null });
});

test('who blocked us at the carrier has said no, and the record shows it', async (t) => {
  const both = await withTwilio(t);
  const { twilio, clinic } = both;
  await approved(both, ACTIVATION);
  const wanted = aPatient();
  twilio.outcomes.set(wanted.phone, { code: 63014 });
  const patient = await clinic.must(201, 'POST', '/api/patients/', wanted);
  await until('the failure', async () => (await messagesOf(clinic, patient.phone)).find((m) => m.status === 'failed'));
  const consents = await clinic.must(200, 'GET', `/api/patients/${patient.id}/consents/`);
  const latest = (consents.results ?? consents).find((c) => c.purpose === 'messages');
  assert.equal(latest.granted, false);
  assert.equal(latest.source, 'whatsapp');
});
