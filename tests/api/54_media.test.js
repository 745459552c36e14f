'use strict';
/* What people send beside words: fetched from Twilio and Meta, kept, looked at by a doctor, made a document; and what must not come in. */
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const { aPatient, demo, listen, until, withOwnServer, withServer } = require('./harness.js');
const { Meta } = require('../fakes/meta.js');
const { Twilio } = require('../fakes/twilio.js');

const PUBLIC = 'https://dossier.clinique.example';
const twilio = new Twilio();
const server = withServer(test, async () => {
  await twilio.start();
  return { env: twilio.env({ MEDIRECORD_PUBLIC_URL: PUBLIC }) };
});
twilio.webhook = { public: PUBLIC, get actual() { return server.url; } };
test.after(async () => {
  await twilio.settled();
  await twilio.stop();
  assert.deepEqual(twilio.violations, []);
});

const PAPER = fs.readFileSync(demo.file('ordonnance-ndiaye-2026-09.pdf'));
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('not much of a picture')]);
const HTML = Buffer.from('<!DOCTYPE html><html><body><script>alert(1)</script></body></html>');

/** A patient who agreed on WhatsApp, so that the clinic may answer there. */
async function patient(carrier = twilio, on = server) {
  const made = await on.must(201, 'POST', '/api/patients/', aPatient());
  await until('the link', async () => (await on.must(200, 'GET', `/api/messaging/messages/?patient=${made.id}&direction=out`)).count);
  await carrier.say(made.phone, 'OUI');
  await until('the patient to be active', async () => (await on.must(200, 'GET', `/api/patients/${made.id}/`)).status === 'active');
  return made;
}

const mediaOf = async (who, on = server) => (await on.must(200, 'GET', `/api/messaging/media/?patient=${who.id}`)).results;
const settled = (who, on = server) => until('a medium to be fetched or not', async () => {
  const [one] = await mediaOf(who, on);
  return one && one.status !== 'waiting' && one;
});
const told = (who, words, carrier = twilio) => until(`words like ${words}`, () => carrier.sent(who.phone).find((m) => words.test(m.body)));
const requestsFor = (sid, method) => twilio.requests.filter((rq) => rq.method === method && rq.path.includes(`${sid}/Media/`));

test('the simulated phone sends photos the same way, and its carrier forgets', async () => {
  await withOwnServer({}, async (own) => {
    const who = await own.activePatient();
    const photo = fs.readFileSync(demo.file('ordonnance-sarr-2026-06.jpg'));
    const send = (fields, file, options) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      if (file) form.append('file', new Blob([file]), 'photo <1>.jpg');
      return own.api('POST', '/api/simulator/media/', form, options);
    };
    const sent = await send({ phone: who.phone }, photo);
    assert.equal(sent.status, 201, JSON.stringify(sent.body));
    assert.deepEqual([sent.body.patient, sent.body.body, sent.body.media.length], [who.id, '', 1]);
    const kept = await settled(who, own);
    assert.deepEqual([kept.status, kept.type, kept.file_name, kept.size_bytes], ['kept', 'image/jpeg', 'photo <1>.jpg', photo.length]);
    assert.deepEqual((await own.api('GET', `/api/messaging/media/${kept.id}/file/`)).bytes, photo);
    await until('the words to the patient', async () => (await own.simulator.received(who.phone)).some((m) => /transmis à votre médecin/.test(m.body)));

    const stranger = await send({ phone: '+221700009999', body: 'Voici ma photo' }, photo);
    assert.deepEqual([stranger.body.patient, stranger.body.body], [null, 'Voici ma photo']);
    await until('a stranger’s photo to be refused', async () => (await own.must(200, 'GET', '/api/messaging/media/?status=refused')).count === 1);

    const program = await send({ phone: who.phone }, Buffer.from('MZ\0\0'.repeat(50), 'latin1'));
    assert.equal(program.status, 201);
    await until('a program to be refused', async () => (await mediaOf(who, own)).find((m) => m.id === program.body.media[0].id).status === 'refused');
    for (const [fields, file, name] of [[{}, photo, 'phone'], [{ phone: 'abc' }, photo, 'phone'], [{ phone: who.phone }, null, 'file'], [{ phone: who.phone, role: 'x' }, photo, 'role'], [{ phone: who.phone, body: 'x'.repeat(4097) }, photo, 'body']]) {
      const { status, body } = await send(fields, file);
      assert.equal(status, 400, name);
      assert.ok(body[name], `${name}: ${JSON.stringify(body)}`);
    }
    assert.equal((await send({ phone: who.phone }, Buffer.alloc((16 << 20) + 1))).status, 413);
    assert.equal((await send({ phone: who.phone }, photo, { token: null })).status, 401);
  });
  assert.equal((await server.api('POST', '/api/simulator/media/', new FormData())).status, 404, 'a real carrier has none');
});

test('a document is kept, listed, downloaded, accepted once, indexed, and gone at Twilio', async () => {
  const who = await patient();
  const live = await listen(server);
  const { sid, form } = await twilio.document(who.phone, 'ordonnance septembre.pdf', PAPER);
  const medium = await settled(who);
  assert.equal(medium.status, 'kept');
  assert.equal(medium.type, 'application/pdf');
  assert.equal(medium.file_name, 'ordonnance septembre.pdf');
  assert.equal(medium.size_bytes, PAPER.length);
  await told(who, /transmis à votre médecin/);
  const events = () => live.events.filter((e) => e.event === 'message' && e.data.status === 'media' && e.data.patient === who.id).length;
  await until('the event', () => events() === 1);

  const [message] = (await server.must(200, 'GET', `/api/messaging/messages/?patient=${who.id}&direction=in`)).results;
  assert.equal(message.provider_sid, sid);
  assert.equal(message.body, ''); // a file name is no question
  assert.deepEqual(message.media.map((m) => m.id), [medium.id]);
  const notes = (await server.must(200, 'GET', '/api/notifications/?page_size=100')).results;
  assert.equal(notes.filter((n) => n.kind === 'media.received' && n.object === medium.id).length, 1);

  const file = await server.api('GET', `/api/messaging/media/${medium.id}/file/`, undefined, { record: false });
  assert.equal(file.status, 200);
  assert.ok(file.bytes.equals(PAPER));
  assert.match(file.headers.get('content-disposition'), /^attachment; filename="ordonnance septembre\.pdf"/);
  assert.equal(file.headers.get('x-content-type-options'), 'nosniff');
  assert.equal((await server.api('GET', `/api/messaging/media/${medium.id}/file/`, undefined, { token: null, record: false })).status, 401);

  const where = `/api/messaging/media/${medium.id}`;
  const [one, two] = await Promise.all([1, 2].map(() => server.api('POST', `${where}/accept/`, { title: 'Ordonnance de septembre' })));
  assert.deepEqual([one.status, two.status].sort(), [200, 201]);
  assert.equal(one.body.id, two.body.id);
  assert.equal((await server.must(200, 'POST', `${where}/accept/`)).id, one.body.id);
  await until('who looks at the message to be told', () => events() === 2);
  live.close();
  const document = await server.settled(one.body.id);
  assert.equal(document.status, 'indexed');
  assert.equal(document.title, 'Ordonnance de septembre');
  assert.equal(document.patient_id, who.id);
  assert.equal((await mediaOf(who))[0].document, document.id);
  assert.ok((await server.api('GET', `${where}/file/`, undefined, { record: false })).bytes.equals(PAPER));
  await server.must(409, 'POST', `${where}/discard/`);
  await until('Twilio to have forgotten it', () => requestsFor(sid, 'DELETE').length === 1 && ![...twilio.media.values()].some((m) => m.parent === sid));

  await twilio.post(form); // delivered once more
  assert.equal((await mediaOf(who)).length, 1);
  assert.equal(twilio.sent(who.phone).filter((m) => /transmis/.test(m.body)).length, 1);

  assert.ok((await server.must(200, 'GET', `/api/patients/${who.id}/timeline/`)).results.some((e) => e.kind === 'media' && e.ref === medium.id));
  await server.must(204, 'DELETE', `/api/documents/${document.id}/`);
  await server.must(404, 'GET', `${where}/file/`);
});

test('the credentials never follow a redirect', async () => {
  const who = await patient();
  await twilio.say(who.phone, '', { media: [{ type: 'image/jpeg', bytes: JPEG }] });
  assert.equal((await settled(who)).status, 'kept');
  assert.ok(twilio.store.requests.length > 0);
  for (const rq of twilio.store.requests) assert.equal(rq.headers.authorization, undefined);
});

test('a redirect to an inner network is not followed', async () => {
  for (const redirect of ['https://169.254.169.254/latest/meta-data/', 'https://10.1.2.3/x', 'https://[::ffff:192.168.0.1]/x', 'http://192.168.0.1/x', 'file:///etc/passwd']) {
    const who = await patient();
    await twilio.say(who.phone, '', { media: [{ type: 'image/jpeg', bytes: JPEG, redirect }] });
    const medium = await settled(who);
    assert.deepEqual([medium.status, medium.error_code], ['refused', 'led_astray'], redirect);
    await told(who, /encore une fois/);
  }
});

test('only our account at our Twilio is asked', async () => {
  const other = await new Twilio().start();
  for (const ref of [`${other.url}/2010-04-01/Accounts/${twilio.account}/Messages/MM1/Media/ME1`, `${twilio.url}/2010-04-01/Accounts/AC${'9'.repeat(32)}/Messages/MM1/Media/ME1`]) {
    const who = await patient();
    await twilio.say(who.phone, '', { extra: { NumMedia: '1', MediaUrl0: ref, MediaContentType0: 'image/png' } });
    const medium = await settled(who);
    assert.deepEqual([medium.status, medium.error_code], ['refused', 'led_astray']);
  }
  assert.equal(other.requests.length, 0);
  await other.stop();
});

test('a voice note is kept, can be listened to, and is no document', async () => {
  const who = await patient();
  await twilio.voice(who.phone, Buffer.from('OggS\0\x02 a voice note'));
  const medium = await settled(who);
  assert.equal(medium.type, 'audio/ogg');
  await told(who, /ne sait pas encore\s+écouter/);
  const file = await server.api('GET', `/api/messaging/media/${medium.id}/file/`, undefined, { record: false });
  assert.equal(file.headers.get('content-type'), 'audio/ogg');
  assert.match(file.headers.get('content-disposition'), /^attachment; filename="whatsapp-\d+\.ogg"/);
  const refused = await server.must(409, 'POST', `/api/messaging/media/${medium.id}/accept/`, {});
  assert.equal(refused.code, 'media_is_sound');
  assert.equal((await server.must(200, 'POST', `/api/messaging/media/${medium.id}/discard/`)).status, 'discarded');
  await server.must(200, 'POST', `/api/messaging/media/${medium.id}/discard/`);
  await server.must(404, 'GET', `/api/messaging/media/${medium.id}/file/`);
});

test('what is too large, or not what it says, is refused and the person told what to do', async () => {
  const large = await patient();
  twilio.store.files.set('/large', { type: 'application/pdf', bytes: Buffer.concat([PAPER, Buffer.alloc(20 << 20)]) });
  await twilio.say(large.phone, '', { media: [{ type: 'application/pdf', bytes: PAPER, redirect: `${twilio.store.url}/large` }] });
  let medium = await settled(large);
  assert.deepEqual([medium.status, medium.error_code, medium.size_bytes], ['refused', 'too_large', 0]);
  await told(large, /16 Mo/);
  await server.must(409, 'POST', `/api/messaging/media/${medium.id}/accept/`, {});

  for (const bytes of [HTML, Buffer.from('MZ\x90\0 a program'), Buffer.from('#!/bin/sh\nrm -rf /\n'), Buffer.alloc(0)]) {
    const who = await patient();
    await twilio.say(who.phone, '', { media: [{ type: 'image/jpeg', bytes }] });
    medium = await settled(who);
    assert.deepEqual([medium.status, medium.error_code, medium.type], ['refused', 'unsupported', null]);
    await told(who, /une photo, un PDF/);
    await server.must(404, 'GET', `/api/messaging/media/${medium.id}/file/`);
  }
});

test('the bytes decide, whatever the carrier says', async () => {
  const who = await patient();
  await twilio.say(who.phone, '', { media: [{ type: 'video/mp4', bytes: PAPER }] });
  const medium = await settled(who);
  assert.deepEqual([medium.status, medium.type, medium.type_said], ['kept', 'application/pdf', 'video/mp4']);
});

test('what Twilio does not have yet is asked for again', async () => {
  const who = await patient();
  const { sid, form } = twilio.hear(who.phone, '', { media: [{ type: 'image/jpeg', bytes: JPEG }] });
  const [[id, medium]] = [...twilio.media].filter(([, m]) => m.parent === sid);
  twilio.media.delete(id);
  await twilio.post(form);
  await until('a first look in vain', () => requestsFor(sid, 'GET').some((rq) => rq.code === 404));
  twilio.media.set(id, medium);
  assert.equal((await settled(who)).status, 'kept');
});

test('a caption is a question, and the picture is kept beside it', async () => {
  const who = await patient();
  const before = twilio.sent(who.phone).length;
  await twilio.say(who.phone, 'Quelle est ma dernière ordonnance ?', { media: [{ type: 'image/jpeg', bytes: JPEG }], extra: { MessageType: 'image' } });
  assert.equal((await settled(who)).status, 'kept');
  await until('the answer', () => twilio.sent(who.phone).length > before);
  assert.ok(!twilio.sent(who.phone).some((m) => /transmis à votre médecin, qui/.test(m.body)));
});

test('of strangers nothing is fetched or kept', async () => {
  const phone = '+221789998877';
  const { sid } = await twilio.say(phone, '', { media: [{ type: 'image/jpeg', bytes: JPEG }] });
  await until('Twilio to have forgotten it', () => requestsFor(sid, 'DELETE').length === 1);
  assert.equal(requestsFor(sid, 'GET').length, 0);
  const [message] = (await server.must(200, 'GET', `/api/messaging/messages/?phone=${encodeURIComponent(phone)}&direction=in`)).results;
  assert.deepEqual(message.media.map((m) => [m.status, m.error_code]), [['refused', 'not_active']]);
});

test('a document may be another patient\'s; erasing the sender leaves it there and takes the rest', async () => {
  const mother = await patient();
  const child = await server.must(201, 'POST', '/api/patients/', aPatient());
  await twilio.document(mother.phone, 'carnet.pdf', PAPER);
  const medium = await settled(mother);
  const document = await server.must(201, 'POST', `/api/messaging/media/${medium.id}/accept/`, { patient_id: child.id, kind: 'certificate' });
  assert.deepEqual([document.patient_id, document.kind], [child.id, 'certificate']);
  await server.settled(document.id);
  await twilio.say(mother.phone, '', { media: [{ type: 'image/jpeg', bytes: JPEG }] });
  await until('the picture', async () => (await mediaOf(mother)).filter((m) => m.status === 'kept').length === 1);
  const exported = await server.must(200, 'GET', `/api/patients/${mother.id}/export/`);
  assert.equal(exported.messages.flatMap((m) => m.media).length, 2);

  const blobs = () => fs.readdirSync(`${server.dataDir}/documents`, { recursive: true }).filter((name) => /[0-9a-f]{30}/.test(name)).length;
  const before = blobs();
  await server.must(204, 'DELETE', `/api/patients/${mother.id}/`);
  await server.must(404, 'GET', `/api/messaging/media/${medium.id}/file/`);
  await until('the picture to be gone from the disk', () => blobs() === before - 1);
  const file = await server.api('GET', `/api/documents/${document.id}/file/`, undefined, { record: false });
  assert.ok(file.bytes.equals(PAPER));
});

test('lists and decisions say what is wrong with a request', async () => {
  await server.must(400, 'GET', '/api/messaging/media/?status=bad');
  await server.must(400, 'GET', '/api/messaging/media/?patient=x');
  await server.must(404, 'GET', '/api/messaging/media/999999/file/');
  await server.must(404, 'POST', '/api/messaging/media/999999/accept/', {});
  const who = await patient();
  await twilio.say(who.phone, '', { media: [{ type: 'image/jpeg', bytes: JPEG }] });
  const { id } = await settled(who);
  for (const body of [{ kind: 'x' }, { patient_id: 0 }, { title: 'x'.repeat(201) }, { other: 1 }]) await server.must(400, 'POST', `/api/messaging/media/${id}/accept/`, body);
  assert.ok((await server.must(200, 'GET', '/api/messaging/media/?status=kept')).results.some((m) => m.id === id));
});

test('Meta: two steps, its token, its digest, and forgotten there', async () => {
  const meta = new Meta();
  await meta.start();
  try {
    await withOwnServer({ env: meta.env({ MEDIRECORD_PUBLIC_URL: PUBLIC }) }, async (own) => {
      meta.webhook = { public: PUBLIC, actual: own.url };
      const who = await patient(meta, own);
      await meta.voice(who.phone, Buffer.from('OggS\0\x02 a voice note'));
      const medium = await settled(who, own);
      assert.deepEqual([medium.status, medium.type], ['kept', 'audio/ogg']);
      await until('Meta to have forgotten it', () => meta.media.size === 0);
      await meta.settled();
    });
  } finally {
    await meta.stop();
  }
});
