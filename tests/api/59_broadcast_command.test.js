'use strict';
/* `medirecord broadcast`: beside a running server, alone on its data, counted only, planned, and called wrongly. */
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const assert = require('node:assert/strict');
const { aPatient, run, startServer, tempDir, until } = require('./harness.js');
const { Twilio } = require('../fakes/twilio.js');

const TIP = ['broadcast', '--title', 'Conseil', '--content', 'Bonjour {{prenom}}, buvez de l’eau.'];
const BROADCASTS = '/api/messaging/broadcast/';

async function anActive(clinic, with_ = {}) {
  const patient = await clinic.must(201, 'POST', '/api/patients/', aPatient(with_), { record: false });
  await clinic.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: true }, { record: false });
  return patient;
}

test('beside a running server the server sends, and the command tells the end', async (t) => {
  const clinic = await startServer();
  const { dataDir } = clinic;
  t.after(async () => {
    await clinic.stop();
    clinic.remove();
  });
  for (let i = 0; i < 12; i += 1) await anActive(clinic, { tags: i % 2 ? ['diabète'] : ['diabète', 'tension'] });
  await clinic.must(201, 'POST', '/api/patients/', aPatient({ tags: ['tension'] }));

  const counted = await run([...TIP, '--tags', 'tension', '--dry-run'], { dataDir });
  assert.deepEqual([counted.code, counted.stdout], [0, 'matching\t7\nsendable\t6\nleft_out\tpending\t1\n']);
  assert.equal((await clinic.must(200, 'GET', BROADCASTS)).count, 0);

  const all = await run([...TIP, '--tags', 'diabète, tension'], { dataDir });
  assert.equal(all.code, 0, all.stderr);
  const id = Number(/^(\d+)\tsent\t/.exec(all.stdout)[1]);
  assert.match(all.stderr, /^6\/6$/m); // no terminal: lines, and no control characters
  assert.doesNotMatch(all.stderr, /[\r\x1b]/);
  assert.equal((await clinic.must(200, 'GET', `${BROADCASTS}${id}/`)).counts.recipients, 6);

  const any = await run([...TIP, '--tags', 'tension,autre', '--any', '--no-wait'], { dataDir });
  assert.deepEqual([any.code, any.stdout], [0, `${id + 1}\tsending\n`]);
  await until('the server to have sent it', async () => (await clinic.must(200, 'GET', `${BROADCASTS}${id + 1}/`)).status === 'sent');

  const at = new Date(Date.now() + 3600e3).toISOString();
  const planned = await run([...TIP, '--all', '--at', at], { dataDir });
  assert.deepEqual([planned.code, planned.stdout], [0, `${id + 2}\tscheduled\n`]);
  assert.equal((await clinic.must(200, 'GET', `${BROADCASTS}${id + 2}/`)).status, 'scheduled');
});

test('where no server runs the command sends by itself, each once', async (t) => {
  const dataDir = tempDir();
  const twilio = await new Twilio().start();
  t.after(() => twilio.stop());
  twilio.hasWindow = false;
  twilio.webhook = { public: 'https://dossier.example', actual: twilio.url }; // reports go nowhere
  const env = twilio.env({ MEDIRECORD_PUBLIC_URL: 'https://dossier.example', MESSAGE_RATE: '200' });
  const template = { purpose: 'conseil', language: 'fr', carrier_name: `HX${'e'.repeat(32)}`, category: 'MARKETING', variables: ['prenom'], body: 'Bonjour {{1}}, buvez de l’eau.' };
  twilio.templates.set(template.carrier_name, { name: 'conseil', language: 'fr', body: template.body, status: 'approved' });
  const clinic = await startServer({ dataDir, env });
  const people = [];
  for (let i = 0; i < 30; i += 1) people.push(await anActive(clinic));
  const { id: known } = await clinic.must(201, 'POST', '/api/messaging/templates/', template);
  await clinic.must(200, 'POST', `/api/messaging/templates/${known}/check/`);
  await clinic.stop();

  twilio.chance({ percent: 20, kinds: ['busy', 'unavailable', 'drop'], seed: 3 });
  const file = path.join(dataDir, 'conseil.txt');
  fs.writeFileSync(file, 'Bonjour {{prenom}}, buvez de l’eau.\n');
  const sent = await run(['broadcast', '--title', 'Conseil', '--file', file, '--all', '--template', template.carrier_name], { dataDir, env, patienceMs: 180_000 }); // what was lost is asked for after a while, several times
  assert.equal(sent.code, 0, sent.stderr);
  assert.match(sent.stdout, /^\d+\tsent\tsent=30\n$/);
  for (const { phone } of people) assert.equal(twilio.sent(phone).filter((m) => m.template).length, 1, phone);
  clinic.remove();
});

test('what cannot be sent exits with 1, what is written wrongly with 2, both with words', async (t) => {
  const clinic = await startServer();
  const { dataDir } = clinic;
  t.after(async () => {
    await clinic.stop();
    clinic.remove();
  });
  const wrong = [
    [['broadcast'], /--title/], [['broadcast', '--title', 'x', '--all'], /--content/], [[...TIP], /--all/], [[...TIP, '--all', '--tags', 'x'], /--all/],
    [[...TIP, '--file', 'x', '--all'], /--content/], [[...TIP, '--all', '--any'], /--any/], [[...TIP, '--all', 'encore'], /arguments/], [[...TIP, '--all', '--foo'], /option/],
  ];
  for (const [args, words] of wrong) {
    const { code, stdout, stderr } = await run(args, { dataDir });
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, words);
  }
  const refused = [
    [[...TIP, '--tags', 'personne'], /Personne ne recevrait/], [[...TIP, '--all', '--at', '2020-01-01T00:00:00Z'], /scheduled_at/],
    [['broadcast', '--title', 'x', '--content', 'Bonjour {{surnom}}', '--all'], /surnom/], [['broadcast', '--title', 'x', '--file', '/nulle/part', '--all'], /./],
  ];
  for (const [args, words] of refused) {
    const { code, stdout, stderr } = await run(args, { dataDir });
    assert.deepEqual([code, stdout], [1, ''], args.join(' '));
    assert.match(stderr, words);
  }
  assert.equal((await clinic.must(200, 'GET', BROADCASTS)).count, 0);
  const help = await run(['broadcast', '--help'], { dataDir });
  assert.equal(help.code, 0);
  for (const word of ['--title', '--content', '--file', '--all', '--tags', '--at', '--dry-run']) assert.ok(help.stdout.includes(word), word);
});
