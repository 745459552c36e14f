'use strict';
/* The real program on CHANNEL=meta with a stand-in for Meta's Cloud API. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { aPatient, until, withServer } = require('./harness.js');
const { Meta, escaped, newId, sign } = require('../fakes/meta.js');

const PUBLIC = 'https://dossier.clinique.example';
const DELIVERIES = 200;

const meta = new Meta();
const server = withServer(test, async () => {
  await meta.start();
  return { env: meta.env({ MEDIRECORD_PUBLIC_URL: PUBLIC }) };
});
meta.webhook = { public: PUBLIC, get actual() { return server.url; } };
test.after(async () => {
  await meta.settled();
  await meta.stop();
});

const messagesOf = async (phone) => (await server.must(200, 'GET', `/api/messaging/messages/?phone=${encodeURIComponent(phone)}&page_size=100`)).results;
const outgoing = async (phone) => (await messagesOf(phone)).filter((m) => m.direction === 'out');
const received = async (phone) => (await messagesOf(phone)).filter((m) => m.direction === 'in');
const stored = async () => (await server.must(200, 'GET', '/api/messaging/messages/?page_size=1&direction=in')).count;

const settledAs = (status, phone) => until(`a message to ${phone} to be ${status}`, async () => {
  const [last] = await outgoing(phone);
  return last?.status === status && last;
});

let strangers = 0;
const aStranger = () => `+22179${String(1000000 + (strangers += 1))}`;

test('Meta asks whether the webhook is ours', async () => {
  const yes = await meta.subscribe();
  assert.deepEqual([yes.code, yes.text], [200, '1158201444']);
  assert.match(yes.headers['content-type'], /^text\/plain/);
  for (const [token, challenge] of [['another', '1'], ['', '1'], [meta.verifyToken, ''], [meta.verifyToken.slice(0, -1), '1'], [meta.verifyToken, 'x'.repeat(2000)]]) {
    assert.equal((await meta.subscribe(token, challenge)).code, 403);
  }
});

test('a question comes in, and its answer leaves once', async () => {
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient());
  await server.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: true });
  await server.indexed(patient.id, { name: 'a.txt', bytes: Buffer.from('Dr Martin\nDakar, le 15/09/2026\nORDONNANCE\nAMLODIPINE 10 mg : 1 comprimé le matin\n') });
  const { answer } = await meta.say(patient.phone, 'Quelle est ma dernière ordonnance, s’il vous plaît ? 😀');
  assert.equal(answer.code, 200);
  // beside the invitation, which waited until the person wrote
  const reply = await until('the answer', () => meta.sent(patient.phone).find((m) => /AMLODIPINE.*10 mg/is.test(m.body)));
  const row = await until('it to be delivered', async () => (await outgoing(patient.phone)).find((m) => m.provider_sid === reply.sid && m.status === 'delivered'));
  assert.equal(reply.data, String(row.id));
  assert.equal((await received(patient.phone))[0].body, 'Quelle est ma dernière ordonnance, s’il vous plaît ? 😀');
  assert.equal(meta.count(patient.phone, reply.body), 1);
});

test(`many things in one call, ${DELIVERIES} times: each once`, async () => {
  const [a, b, c, earlier] = [aStranger(), aStranger(), aStranger(), aStranger()];
  await meta.say(earlier, 'Bonjour');
  await settledAs('delivered', earlier);
  const [{ sid }] = meta.sent(earlier);
  const call = meta.batch([meta.textOf(a, 'un'), meta.textOf(b, 'deux'), meta.textOf(c, 'trois')], [meta.statusOf(newId(), 'read'), meta.statusOf(sid, 'read')]);
  const foreign = { ...meta.value({ messages: [meta.textOf(aStranger(), 'à un autre')] }), metadata: { display_phone_number: '1', phone_number_id: '999' } };
  call.entry.unshift({ id: meta.business, changes: [{ field: 'messages', value: foreign }, { field: 'account_update', value: {} }] });
  const before = await stored();
  const answers = await Promise.all(Array.from({ length: DELIVERIES }, () => meta.post(call)));
  assert.deepEqual([...new Set(answers.map((one) => one.code))], [200]);
  for (const [phone, body] of [[a, 'un'], [b, 'deux'], [c, 'trois']]) {
    await settledAs('delivered', phone);
    assert.deepEqual((await received(phone)).map((m) => m.body), [body]);
    assert.equal(meta.count(phone), 1);
  }
  await settledAs('read', earlier);
  assert.equal(await stored(), before + 3);
});

test('reports in any order end the same', async () => {
  const orders = [['sent', 'delivered', 'read'], ['read', 'delivered', 'sent'], ['delivered', 'read', 'sent', 'failed'], ['failed', 'sent', 'delivered', 'read'], ['played', 'sent', 'sent']];
  await Promise.all(orders.map(async (order) => {
    const phone = aStranger();
    meta.reportsOf.set(phone, []);
    await meta.say(phone, 'Bonjour');
    await settledAs('accepted', phone);
    const [{ sid }] = meta.sent(phone);
    for (const status of order) assert.equal((await meta.report(sid, status, { code: 131051 })).code, 200);
    const [row] = await outgoing(phone);
    assert.deepEqual([row.status, row.error_code], ['read', null], order.join());
  }));
});

test('a person who hides the number is answered by the name', async () => {
  const hidden = 'SN.13491208655302741918', known = 'SN.24591208655302741919', phone = aStranger();
  assert.equal((await meta.say(hidden, 'Bonjour')).answer.code, 200);
  await until('an answer to the hidden person', () => meta.sent(hidden)[0]);
  await meta.say(phone, 'Bonjour', { userId: known });
  await meta.say(known, 'Encore moi');
  assert.deepEqual((await received(phone)).map((m) => m.body), ['Encore moi', 'Bonjour']);
});

test('voice, paper, button: each is one message', async () => {
  const [voice, paper, button] = [aStranger(), aStranger(), aStranger()];
  for (const said of [await meta.voice(voice), await meta.document(paper, 'ordonnance.pdf', Buffer.from('%PDF-1.4'), 'Mon ordonnance'), await meta.button(button, 'Activer', 'ACTIVER:1')]) {
    assert.equal(said.answer.code, 200);
  }
  assert.equal((await received(voice)).length, 1);
  assert.equal((await received(paper))[0].body, 'Mon ordonnance');
  assert.equal((await received(button))[0].body, 'Activer');
});

test('a wrong or missing signature, and other bytes than were signed, store nothing', async () => {
  const message = meta.textOf(aStranger(), 'É');
  const call = meta.batch([message]);
  const right = sign(meta.secret, escaped(call));
  const before = await stored();
  const refused = [[call, ''], [call, 'x'], [call, 'sha256='], [call, right.slice(7)], [call, right.replace('sha256', 'sha1')], [call, right.slice(0, -1)], [call, sign('another', escaped(call))],
    [JSON.stringify(call), right], [`${escaped(call)} `, right], [meta.batch([{ ...message, id: newId() }]), right]];
  for (const [body, signature] of refused) assert.equal((await meta.post(body, { signature })).code, 403, signature);
  assert.equal(await stored(), before);
  assert.equal((await meta.post(call)).code, 200);
  assert.equal((await meta.post(call, { signature: right })).code, 200); // replayed: the same message
  assert.equal(await stored(), before + 1);
});

test('what is signed and makes no sense is refused, or passed over', async () => {
  const before = await stored();
  for (const body of ['', '[]', '{', '{"object":"page","entry":[]}', '\xff\xfe', `${'['.repeat(3000)}${']'.repeat(3000)}`]) assert.equal((await meta.post(Buffer.from(body, 'latin1'))).code, 400, body.slice(0, 20));
  const foreign = meta.batch([meta.textOf(aStranger(), 'x')]);
  foreign.entry[0].changes[0].value.metadata.phone_number_id = '999';
  assert.equal((await meta.post(foreign)).code, 403);
  const odd = [{ from: 5 }, { ...meta.textOf(aStranger(), 'x'), id: 'a b' }, { ...meta.textOf(aStranger(), 'x'), id: undefined }, 'x', null, [],
    { ...meta.textOf(aStranger(), 'x'), type: 'reaction', reaction: { emoji: '👍' } }, { ...meta.textOf(aStranger(), 'x'), from: 'nobody', from_user_id: undefined }];
  const call = meta.batch([meta.textOf(aStranger(), 'x')], [{ id: 5 }, { id: 'wamid.x', status: 'unheard' }]);
  call.entry[0].changes[0].value.messages = odd;
  assert.equal((await meta.post(call)).code, 200);
  assert.equal(await stored(), before);
});

test('what Meta took without saying so is known by its report; what it was too busy for is sent again', async () => {
  for (const fault of ['lost', 'lost_500', 'busy', 'maintenance', 'html_200']) {
    const phone = aStranger();
    let met = false;
    meta.chanceFault = (entry) => {
      if (met || entry.body?.to !== phone.slice(1)) return undefined;
      met = true;
      return fault;
    };
    await meta.say(phone, 'Bonjour');
    if (fault === 'html_200') { // nobody can tell: it is not sent a second time
      await settledAs('uncertain', phone);
      assert.equal(meta.count(phone), 0);
    } else {
      await settledAs('delivered', phone);
      assert.equal(meta.count(phone), 1, fault);
    }
    meta.chanceFault = null;
  }
});

test('what Meta will not deliver, by a report or at once', async () => {
  const [later, atOnce] = [aStranger(), aStranger()];
  meta.outcomes.set(later, { code: 131051 });
  meta.outcomes.set(atOnce, { code: 131026, at: 'answer' });
  await Promise.all([meta.say(later, 'Bonjour'), meta.say(atOnce, 'Bonjour')]);
  assert.equal((await settledAs('failed', later)).error_code, '131051');
  assert.equal((await settledAs('failed', atOnce)).error_code, '131026');
});
