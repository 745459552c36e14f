'use strict';
/* The stand-in for Meta's Cloud API takes, reports and refuses what Meta does, and signs its webhooks as Meta does. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { Meta, escaped, sign } = require('./meta.js');

const PHONE = '+221771234567';

async function using(fn) {
  const service = await new Meta().start();
  service.webhook = { public: 'https://dossier.example', actual: 'http://127.0.0.1:9' };
  const call = async (method, path, body, token = service.token) => {
    const response = await fetch(`${service.url}/v26.0/${path}`, {
      method, headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) }, body: body && JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const send = (more) => call('POST', `${service.phoneNumberId}/messages`, {
    messaging_product: 'whatsapp', recipient_type: 'individual', to: PHONE.slice(1), type: 'text', text: { body: 'Bonjour', preview_url: false }, biz_opaque_callback_data: '7', ...more,
  });
  try {
    await fn(service, call, send);
    await service.settled();
  } finally {
    await service.stop();
  }
}

const codeOf = async (promise) => (await promise).body.error?.code;

test('a message is taken, and reported with our own name for it', () => using(async (service, call, send) => {
  service.openWindow(PHONE);
  const { status, body } = await send();
  assert.equal(status, 200);
  assert.match(body.messages[0].id, /^wamid\./);
  assert.deepEqual(body.contacts, [{ input: '221771234567', wa_id: '221771234567' }]);
  await service.settled();
  const reports = service.calls.map((one) => JSON.parse(one.body).entry[0].changes[0].value.statuses[0]);
  assert.deepEqual(reports.map((r) => [r.id, r.status, r.biz_opaque_callback_data]), [[body.messages[0].id, 'sent', '7'], [body.messages[0].id, 'delivered', '7']]);
  assert.equal(service.count(PHONE, 'Bonjour'), 1);
}));

test('what Meta refuses', () => using(async (service, call, send) => {
  assert.equal(await codeOf(call('GET', service.phoneNumberId, undefined, 'wrong')), 190);
  assert.equal(await codeOf(send({ to: '77' })), 131009);
  assert.equal(await codeOf(send({ to: undefined })), 131008);
  assert.equal(await codeOf(send({ recipient: 'SN.13491208655302741918' })), 131008);
  assert.equal(await codeOf(send({ text: { body: 'x'.repeat(4097) } })), 131009);
  assert.equal(await codeOf(send({ type: 'template', template: { name: 'none', language: { code: 'fr' } } })), 132001);
  assert.equal(await codeOf(send({ idempotency_key: '7' })), 100);
  assert.equal(service.violations.splice(0).length, 1);
  service.fault('busy', 'maintenance');
  assert.equal(await codeOf(send()), 130429);
  assert.equal(await codeOf(send()), 131057);
  assert.equal(service.outbox.length, 0);
  await send(); // outside the window: taken, and failed by a report
  await service.settled();
  assert.equal(JSON.parse(service.calls.at(-1).body).entry[0].changes[0].value.statuses[0].errors[0].code, 131047);
  service.pairLimit = true;
  for (let i = service.outbox.length; i < 45; i += 1) await send();
  assert.equal(await codeOf(send()), 131056);
}));

test('templates and media', () => using(async (service, call, send) => {
  service.templates.push({ name: 'activation_patient', body: 'Bonjour {{1}}.' });
  const template = (values) => ({
    type: 'template', text: undefined,
    template: { name: 'activation_patient', language: { code: 'fr' }, components: [{ type: 'body', parameters: values.map((text) => ({ type: 'text', text })) }] },
  });
  assert.equal((await send(template(['Awa']))).status, 200);
  assert.equal(service.outbox[0].body, 'Bonjour Awa.');
  assert.equal(await codeOf(send(template([]))), 132000);
  assert.equal((await call('GET', `${service.business}/message_templates?name=activation_patient`)).body.data[0].status, 'APPROVED');
  const id = service.addMedia({ type: 'audio/ogg', bytes: Buffer.from('OggS') });
  const { body } = await call('GET', `${id}?phone_number_id=${service.phoneNumberId}`);
  assert.equal((await fetch(body.url)).status, 401);
  assert.equal(await (await fetch(body.url, { headers: { Authorization: `Bearer ${service.token}` } })).text(), 'OggS');
  assert.deepEqual((await call('DELETE', id)).body, { success: true });
  assert.equal(await codeOf(call('GET', id)), 100);
}));

test('webhooks are ASCII, and signed over their bytes', () => {
  assert.equal(escaped({ a: 'é/😀' }), '{"a":"\\u00e9\\/\\ud83d\\ude00"}');
  assert.equal(sign('meta-secret-de-test', '{"object":"whatsapp_business_account","entry":[]}'),
    'sha256=d68abe231e2dd61765ddf0d1058862dc9633a7daab61b83b45b688d19c6b768e'); // made apart from this code
});
