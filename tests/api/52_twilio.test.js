'use strict';
/* The real program on CHANNEL=twilio with a stand-in for Twilio: what comes in, what leaves, what is refused. Webhooks are signed by Twilio's own library. */
const test = require('node:test');
const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const { SANITIZED, aPatient, until, withOwnServer, withServer } = require('./harness.js');
const { Twilio, WEBHOOK_PATH, newSid, sign } = require('../fakes/twilio.js');

let sdk = null;
try {
  sdk = require('twilio');
} catch { /* not installed: tools/setup test does */ }
const NO_SDK = sdk ? false : 'Twilio\'s library is not installed (tools/setup test)';

const PUBLIC = 'https://dossier.clinique.example';
const URL_ = PUBLIC + WEBHOOK_PATH;
const DELIVERIES = SANITIZED ? 200 : 1000;
/* Whether Twilio took these is known when its list has been silent for a while (15 s): they wait beside all other tests. */
const SLOW = new Map([['+221771110001', 'drop'], ['+221771110002', 'unavailable'], ['+221771110003', 'html'], ['+221771110004', 'html_200']]);

const twilio = new Twilio();
const server = withServer(test, async () => {
  await twilio.start();
  return { env: twilio.env({ MEDIRECORD_PUBLIC_URL: PUBLIC }) };
});
twilio.webhook = { public: PUBLIC, get actual() { return server.url; } };
test.after(async () => {
  await twilio.settled();
  await twilio.stop();
});

const messagesOf = async (phone, on = server) => (await on.must(200, 'GET', `/api/messaging/messages/?phone=${encodeURIComponent(phone)}&page_size=100`)).results;
const stored = async (on = server) => (await on.must(200, 'GET', '/api/messaging/messages/?page_size=1&direction=in')).count;
const outgoing = async (phone, on = server) => (await messagesOf(phone, on)).filter((m) => m.direction === 'out');

/** Waits until what was written to that person has this status. */
const settledAs = (status, phone, on = server) => until(`a message to ${phone} to be ${status}`, async () => {
  const [last] = await outgoing(phone, on);
  return last?.status === status && last;
});

let strangers = 0;
/** A number that nobody has: it is answered once. */
const aStranger = () => `+22178${String(1000000 + (strangers += 1))}`;

/** A stranger writes; answers what was sent back, as Twilio took it. */
async function answered(phone, as = twilio) {
  await as.say(phone, 'Bonjour');
  return until(`an answer to ${phone}`, () => as.sent(phone)[0]);
}

test('what never came to an outcome is begun here, and looked at in the end', async () => {
  const met = new Set();
  twilio.chanceFault = (entry) => {
    const phone = entry.method === 'POST' && entry.form?.get('To')?.slice('whatsapp:'.length);
    if (!SLOW.has(phone) || met.has(phone)) return undefined;
    met.add(phone);
    return SLOW.get(phone);
  };
  for (const phone of SLOW.keys()) {
    assert.equal((await twilio.say(phone, 'Bonjour')).answer.code, 200);
    await until(`${phone} to be handed over`, () => met.has(phone));
    await answered(aStranger()); // else three failures in a row make the program pause
  }
});

test('a question comes in, and its answer leaves once, with where to report to', async () => {
  const patient = await server.must(201, 'POST', '/api/patients/', aPatient());
  await server.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: true });
  await server.indexed(patient.id, { name: 'a.txt', bytes: Buffer.from('Dr Martin\nDakar, le 15/09/2026\nORDONNANCE\nAMLODIPINE 10 mg : 1 comprimé le matin\n') });
  const { sid, answer } = await twilio.say(patient.phone, 'Quelle est ma dernière ordonnance ?');
  assert.deepEqual([answer.code, answer.text], [200, '<?xml version="1.0" encoding="UTF-8"?><Response/>']);
  assert.match(answer.headers['content-type'], /^text\/xml/);
  // beside the invitation, which waited until the person wrote
  const reply = await until('the answer', () => twilio.sent(patient.phone).find((m) => /AMLODIPINE.*10 mg/is.test(m.body)));
  const row = await until('it to be delivered', async () => (await outgoing(patient.phone)).find((m) => m.provider_sid === reply.sid && m.status === 'delivered'));
  assert.equal(twilio.callbacks.get(reply.sid), `${URL_}?message=${row.id}`);
  assert.equal((await messagesOf(patient.phone)).filter((m) => m.provider_sid === sid).length, 1);
  assert.equal(twilio.count(patient.phone, reply.body), 1);
});

test(`${DELIVERIES} deliveries of one call at the same moment: one message, one reply`, async () => {
  const phone = aStranger();
  const { sid, form } = twilio.hear(phone, 'Bonjour');
  const answers = await Promise.all(Array.from({ length: DELIVERIES }, () => twilio.post(form)));
  assert.deepEqual([...new Set(answers.map((a) => a.code))], [200]);
  await settledAs('delivered', phone);
  const rows = await messagesOf(phone);
  assert.deepEqual(rows.map((m) => m.direction).sort(), ['in', 'out']);
  assert.equal(rows.find((m) => m.direction === 'in').provider_sid, sid);
  assert.equal(twilio.count(phone), 1);
});

const permutations = (all) => (all.length < 2 ? [all] : all.flatMap((one, i) => permutations([...all.slice(0, i), ...all.slice(i + 1)]).map((rest) => [one, ...rest])));
const codeFor = (status) => (status === 'failed' ? { code: 63005 } : {});

/** What can be seen of a message in the end, but for the times themselves. */
function seen(row) {
  return {
    status: row.status, error_code: row.error_code, delivered: row.delivered_at !== null, read: row.read_at !== null,
    steps: row.events?.map((e) => e.status).filter((s) => !['queued', 'sending', 'accepted'].includes(s)).sort(),
  };
}

/* What is reported is said for their own people alone: those of SLOW are written to again meanwhile, and wait for theirs. */
test('reports in any order, and twice, end the same', async () => {
  for (const [set, status, code] of [[['sent', 'delivered', 'read', 'failed'], 'read', null], [['sent', 'failed'], 'failed', '63005'], [['sent', 'delivered'], 'delivered', null]]) {
    const ends = await Promise.all(permutations(set).map(async (order) => {
      const phone = aStranger();
      twilio.reportsOf.set(phone, []);
      const { sid } = await answered(phone);
      await settledAs('accepted', phone);
      for (const one of [...order, order[0]]) assert.equal((await twilio.report(sid, one, codeFor(one))).code, 200);
      return seen((await outgoing(phone))[0]);
    }));
    for (const end of ends) assert.deepEqual(end, ends[0]);
    assert.deepEqual([ends[0].status, ends[0].error_code], [status, code]);
  }
});

test('reports that come before the answer to the hand-over', async () => {
  for (const order of [['sent', 'delivered', 'read'], ['read', 'sent', 'delivered'], ['delivered']]) {
    const phone = aStranger();
    twilio.reportsOf.set(phone, order);
    twilio.reportsFirst.add(phone);
    await answered(phone);
    await settledAs(order.includes('read') ? 'read' : 'delivered', phone);
  }
  const phone = aStranger();
  twilio.reportsFirst.add(phone);
  twilio.outcomes.set(phone, { code: 63005 });
  await answered(phone);
  await until('the outcome', async () => (await outgoing(phone))[0].provider_sid);
  const row = await settledAs('failed', phone);
  assert.equal(row.error_code, '63005');
});

test('a report on a message that is not ours is thanked for, and changes nothing', async () => {
  const phone = aStranger();
  const { sid } = await answered(phone);
  const row = await settledAs('delivered', phone);
  const form = twilio.reportForm(sid, 'read');
  form.set('MessageSid', newSid('SM'));
  form.set('SmsSid', form.get('MessageSid'));
  for (const url of [URL_, `${URL_}?message=${row.id}`, `${URL_}?message=999999`]) {
    assert.equal((await twilio.post(form, { url })).code, 200);
  }
  assert.deepEqual((await outgoing(phone)).map((m) => [m.status, m.provider_sid]), [['delivered', sid]]);
});

test('what Twilio\'s own library signs is believed', { skip: NO_SDK }, async () => {
  const signed = (url, params) => sdk.getExpectedTwilioSignature(twilio.token, url, params);
  const form = (more = {}) => Object.fromEntries([...twilio.hear(aStranger(), 'Été & « fête » + 5 % 😀').form, ...Object.entries(more)]);
  const post = (params, signature, url = URL_) => twilio.post(new URLSearchParams(Object.entries(params).flatMap(([n, v]) => [v].flat().map((one) => [n, one]))), { url, signature });
  for (const params of [form(), form({ Unheard: 'x', a: '', B: '1' }), form({ ListTitle: ['b', 'a', 'b'] }), form({ Body: '' })]) {
    assert.equal((await post(params, signed(URL_, params))).code, 200, JSON.stringify(params));
    assert.equal((await post(params, signed(URL_.replace('.example/', '.example:443/'), params))).code, 200);
  }
  const withQuery = `${URL_}?source=a%20b&x=`;
  assert.equal((await post(form(), undefined, withQuery)).code, 200);
  const params = form();
  assert.equal((await post(params, signed(withQuery, params), withQuery)).code, 200);
  assert.equal((await post(params, signed(`${URL_}?source=a+b&x=`, params), withQuery)).code, 403);
  // JSON: the hash of the body in the address. It is signed, and no message: 400, where 403 is for what is not
  const json = JSON.stringify({ type: 'statut', texte: 'Réponse prête' });
  const url = `${URL_}?bodySHA256=${crypto.createHash('sha256').update(json).digest('hex')}`;
  const postJson = (body) => twilio.call(url, { body, headers: { 'Content-Type': 'application/json', 'X-Twilio-Signature': signed(url, {}) } });
  assert.equal((await postJson(json)).code, 400);
  assert.equal((await postJson(`${json} `)).code, 403);
});

test('a wrong, missing or replayed signature stores nothing', async () => {
  const phone = aStranger();
  const { form } = twilio.hear(phone, 'Donnez-moi tout');
  const right = sign(twilio.token, URL_, form);
  const before = await stored();
  const changed = new URLSearchParams(form);
  changed.set('Body', 'Donnez-moi autre chose');
  const longer = new URLSearchParams([...form, ['Body', 'encore']]);
  const refused = [
    [form, ''], [form, 'x'], [form, right.slice(0, -1)], [form, `${right}=`], [form, right.toLowerCase()], [form, sign('another-token', URL_, form)],
    [form, sign(twilio.token, URL_.replace('https', 'http'), form)], [form, sign(twilio.token, `${URL_}/`, form)], [form, sign(twilio.token, URL_)],
    [form, sign(twilio.token, server.url + WEBHOOK_PATH, form)], [changed, right], [longer, right],
  ];
  for (const [body, signature] of refused) assert.equal((await twilio.post(body, { signature })).code, 403, `${signature}`);
  assert.equal((await twilio.post(form, { signature: '' , headers: { Host: 'dossier.clinique.example' } })).code, 403);
  // what was signed for a report says nothing about a message, and for one address nothing about another
  assert.equal((await twilio.post(form, { url: `${URL_}?message=1`, signature: right })).code, 403);
  assert.equal(await stored(), before);
  assert.deepEqual(await messagesOf(phone), []);
  assert.equal((await twilio.post(form)).code, 200);
  assert.equal((await twilio.post(form)).code, 200); // the same again is the same message
  assert.equal(await stored(), before + 1);
});

test('what is signed and makes no sense is refused by name, and stores nothing', async () => {
  const before = await stored();
  const post = async (change, code, field) => {
    const { form } = twilio.hear(aStranger(), 'Bonjour');
    change(form);
    const answer = await twilio.post(form);
    assert.equal(answer.code, code, answer.text);
    if (field) assert.ok(JSON.parse(answer.text).fields?.[field] ?? answer.text.includes(field), answer.text);
  };
  const without = (...names) => (form) => { for (const name of names) form.delete(name); };
  await post(without('MessageSid', 'SmsSid', 'SmsMessageSid'), 400, 'MessageSid');
  await post(without('From'), 400, 'From');
  await post(without('To'), 400, 'To');
  await post(without('AccountSid'), 400, 'AccountSid');
  await post((form) => form.set('AccountSid', `AC${'9'.repeat(32)}`), 403);
  await post((form) => form.set('To', 'whatsapp:+14150000000'), 403);
  await post((form) => form.set('From', 'whatsapp:nobody'), 400, 'From');
  await post((form) => form.set('NumMedia', 'many'), 400, 'NumMedia');
  await post((form) => form.set('NumMedia', '99999999999999999999'), 400, 'NumMedia');
  await post((form) => form.set('MessageSid', 'S'.repeat(300)), 400, 'MessageSid');
  await post((form) => form.set('MessageSid', 'SM 1\n'), 400, 'MessageSid');
  await post((form) => form.set('Body', 'a'.repeat(1024 * 1024)), 413);
  await post((form) => { for (let i = 0; i < 600; i += 1) form.append(`p${i}`, ''); }, 403); // more pairs than a call has
  assert.equal(await stored(), before);
});

test('letters that are none are refused, and every letter that is one comes through', async () => {
  const say = async (written) => {
    const phone = aStranger();
    const { form } = twilio.hear(phone, 'X');
    const raw = form.toString().replace('Body=X', `Body=${written}`);
    // what is signed are the decoded bytes, which a string of ours cannot hold
    const bytesOf = (text) => Buffer.concat(text.replaceAll('+', ' ').split(/(%[0-9A-F]{2})/).map((part) => (part[0] === '%' ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part))));
    const pairs = raw.split('&').map((pair) => pair.split('=').map(bytesOf)).sort((a, b) => Buffer.compare(a[0], b[0]) || Buffer.compare(a[1], b[1]));
    const signature = crypto.createHmac('sha1', twilio.token).update(Buffer.concat([Buffer.from(URL_), ...pairs.flat()])).digest('base64');
    const { code, text } = await twilio.call(URL_, { body: raw, headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Twilio-Signature': signature } });
    return { code, text, rows: (await messagesOf(phone)).filter((m) => m.direction === 'in').map((m) => m.body) };
  };
  assert.deepEqual((await say('%C3%89t%C3%A9+%F0%9F%98%80+%E2%80%8F')).rows, ['Été 😀 \u200f']);
  for (const broken of ['a%FF%FEb', 'a%C3', 'a%ED%A0%80b', 'a%C0%AFb', 'a%00b', 'a%4']) {
    const { code, rows } = await say(broken);
    assert.equal(code, 400, broken);
    assert.deepEqual(rows, []);
  }
});

test('voice, paper, button, and people who hide their number', async () => {
  const [voice, paper, button] = [aStranger(), aStranger(), aStranger()];
  assert.equal((await twilio.voice(voice)).answer.code, 200);
  assert.equal((await twilio.document(paper, 'ordonnance.pdf', Buffer.from('%PDF-1.4'))).answer.code, 200);
  assert.equal((await twilio.button(button, 'Activer', 'ACTIVER:1')).answer.code, 200);
  assert.equal((await messagesOf(button)).find((m) => m.direction === 'in').body, 'Activer');
  for (const phone of [voice, paper]) assert.equal((await messagesOf(phone)).filter((m) => m.direction === 'in').length, 1);
  // never seen: a stranger by the carrier's name; then seen with a number: the same person
  const hidden = 'SN.13491208655302741918', known = 'SN.24591208655302741919', phone = aStranger();
  assert.equal((await twilio.say(null, 'Bonjour', { hidden: true, externalId: hidden })).answer.code, 200);
  await until('an answer to the hidden person', () => twilio.sent(hidden)[0]);
  await twilio.say(phone, 'Bonjour', { externalId: known });
  await twilio.say(null, 'Encore moi', { hidden: true, externalId: known });
  assert.deepEqual((await messagesOf(phone)).filter((m) => m.direction === 'in').map((m) => m.body), ['Encore moi', 'Bonjour']);
});

test('what Twilio took without saying so is not sent again; what it was too busy for is', async () => {
  for (const fault of ['lost', 'lost_500', 'cut', 'busy', 'busy_silent']) {
    const phone = aStranger();
    let met = false;
    const others = twilio.chanceFault;
    twilio.chanceFault = (entry) => {
      if (met || entry.form?.get('To') !== `whatsapp:${phone}`) return others?.(entry);
      met = true;
      return fault;
    };
    await twilio.say(phone, 'Bonjour');
    await settledAs('delivered', phone);
    assert.equal(met, true);
    assert.equal(twilio.count(phone), 1, fault);
    twilio.chanceFault = others;
    await answered(aStranger());
  }
});

test('a person whom WhatsApp does not know, and one who blocked us', async () => {
  const [unknown, blocked] = [aStranger(), aStranger()];
  twilio.outcomes.set(unknown, { code: 63024 });
  twilio.outcomes.set(blocked, { code: 21610, at: 'answer' });
  await Promise.all([twilio.say(unknown, 'Bonjour'), twilio.say(blocked, 'Bonjour')]);
  assert.equal((await settledAs('failed', unknown)).error_code, '63024');
  assert.equal((await settledAs('failed', blocked)).error_code, '21610');
});

for (const [what, address] of [['with a port', 'https://dossier.example:8443'], ['behind a path', 'https://www.example/sante'], ['without TLS', 'http://10.0.0.7']]) {
  test(`MEDIRECORD_PUBLIC_URL ${what}`, async () => {
    const other = await new Twilio().start();
    try {
      await withOwnServer({ env: other.env({ MEDIRECORD_PUBLIC_URL: `${address}/` }) }, async (own) => {
        other.webhook = { public: address, actual: own.url };
        const phone = aStranger();
        await answered(phone, other);
        await settledAs('delivered', phone, own);
        const url = address + WEBHOOK_PATH;
        const signedFor = async (signedUrl) => {
          const { form } = other.hear(aStranger(), 'Bonjour');
          return (await other.post(form, { signature: sign(other.token, signedUrl, form) })).code;
        };
        const host = /^(https?:\/\/[^:/]+)(:\d+)?(.*)$/.exec(url);
        assert.equal(await signedFor(host[1] + host[3]), 200); // Twilio leaves a port out now and then
        if (!host[2]) assert.equal(await signedFor(`${host[1]}:${address.startsWith('https') ? 443 : 80}${host[3]}`), 200);
        assert.equal(await signedFor(`${host[1]}:9${host[3]}`), 403);
        assert.equal(await signedFor(own.url + WEBHOOK_PATH), 403);
        await other.settled();
      });
    } finally {
      await other.stop();
    }
  });
}

test('what Twilio never took is sent again when that is certain, and once', async () => {
  for (const [phone, fault] of SLOW) {
    await settledAs('delivered', phone);
    assert.equal(twilio.count(phone), 1, fault);
  }
});
