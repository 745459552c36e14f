'use strict';
/* When messages to many leave: at a time of the clinic, again and again with exactly one run each time whatever is killed, not in quiet hours, and how long it takes told before. */
const test = require('node:test');
const assert = require('node:assert/strict');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { aPatient, SANITIZED, startServer, tempDir, until, withServer } = require('./harness.js');

const BROADCASTS = '/api/messaging/broadcast/';
const TIP = { title: 'Conseil', content: 'Buvez de l’eau.', target_all_patients: true };
const HOUR = 3600e3;
const DAY = 24 * HOUR;

const server = withServer(test);

async function anActive(clinic, with_ = {}) {
  const patient = await clinic.must(201, 'POST', '/api/patients/', aPatient(with_));
  await clinic.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: true });
  return patient;
}
const toTag = (tag) => ({ target_all_patients: false, target: { tags: [tag] } });
const write = (clinic, with_ = {}) => clinic.must(201, 'POST', BROADCASTS, { ...TIP, ...with_ });
const get = (clinic, id) => clinic.must(200, 'GET', `${BROADCASTS}${id}/`);
const runsOf = async (clinic, id) => (await clinic.must(200, 'GET', `${BROADCASTS}?run_of=${id}`)).results;
const iso = (ms) => new Date(ms).toISOString().replace('Z', '000Z');
/** "HH:MM" in Dakar, which keeps UTC. */
const clock = (ms) => new Date(ms).toISOString().slice(11, 16);
const aroundNow = () => `${clock(Date.now() - HOUR)}-${clock(Date.now() + 2 * HOUR)}`;
const bodiesOf = async (clinic, phone) => (await clinic.must(200, 'GET', `/api/simulator/?phone=${encodeURIComponent(phone)}`)).results.filter((m) => m.direction === 'out' && m.status !== 'failed').map((m) => m.body);

test('times are those of the clinic’s wall, or have an offset', async () => {
  const day = new Date(Date.now() + 30 * DAY).toISOString().slice(0, 10);
  assert.equal((await write(server, { scheduled_at: `${day}T09:00` })).scheduled_at, `${day}T09:00:00.000000Z`);
  assert.equal((await write(server, { scheduled_at: `${day}T09:00:30+02:00` })).scheduled_at, `${day}T07:00:30.000000Z`);
  const paris = await startServer({ env: { TIME_ZONE: 'Europe/Paris' } });
  try {
    assert.equal((await write(paris, { scheduled_at: '2099-07-14T09:00' })).scheduled_at, '2099-07-14T07:00:00.000000Z');
    assert.equal((await write(paris, { scheduled_at: '2099-12-14T09:00' })).scheduled_at, '2099-12-14T08:00:00.000000Z');
    const { id } = await write(paris);
    assert.equal((await paris.must(200, 'GET', `${BROADCASTS}${id}/estimate/`)).time_zone, 'Europe/Paris');
  } finally {
    await paris.stop();
  }
});

test('what cannot be planned is refused field by field, in both languages', async () => {
  const soon = iso(Date.now() + DAY);
  const cases = [
    [{ scheduled_at: '2020-01-01T08:00' }, 'scheduled_at', /passée/],
    [{ scheduled_at: 'demain' }, 'scheduled_at'],
    [{ scheduled_at: iso(Date.now() + 60e3), quiet_hours: aroundNow() }, 'scheduled_at', /heures calmes : \d\d:\d\d-\d\d:\d\d/],
    [{ quiet_hours: '21h-8h' }, 'quiet_hours'],
    [{ quiet_hours: '21:00-25:00' }, 'quiet_hours'],
    [{ repeat: 'hourly', scheduled_at: soon }, 'repeat'],
    [{ repeat: 'daily' }, 'repeat', /scheduled_at/],
    [{ repeat_count: 3, scheduled_at: soon }, 'repeat_count'],
    [{ repeat_until: soon }, 'repeat_until'],
    [{ repeat: 'daily', scheduled_at: soon, repeat_until: iso(Date.now() + HOUR) }, 'repeat_until'],
    [{ repeat: 'daily', scheduled_at: soon, repeat_count: 0 }, 'repeat_count'],
  ];
  for (const [change, field, words] of cases) {
    const answer = await server.api('POST', BROADCASTS, { ...TIP, ...change });
    assert.equal(answer.status, 400, JSON.stringify(change));
    assert.ok(Array.isArray(answer.body[field]), `${JSON.stringify(change)}: ${JSON.stringify(answer.body)}`);
    if (words) assert.match(answer.body[field][0], words);
    const english = await server.api('POST', BROADCASTS, { ...TIP, ...change }, { headers: { 'Accept-Language': 'en' } });
    assert.notDeepEqual(english.body[field], answer.body[field]);
  }
  await server.must(400, 'GET', `${BROADCASTS}?run_of=x`);
});

test('in quiet hours it waits and says so; an answer leaves; with hours of its own it goes on', async (t) => {
  const clinic = await startServer({ env: { BROADCAST_QUIET_HOURS: aroundNow() } });
  t.after(() => clinic.stop());
  const patient = await anActive(clinic);
  const { id } = await write(clinic);
  const seen = await clinic.must(200, 'GET', `${BROADCASTS}${id}/estimate/`);
  assert.ok(Date.parse(seen.first_at) > Date.now() + HOUR);
  const started = await clinic.must(202, 'POST', `${BROADCASTS}${id}/send_now/`);
  assert.equal(started.waits_for, 'quiet_hours');
  assert.ok(Date.parse(started.waits_until) > Date.now() + HOUR);
  const { id: urgent } = await write(clinic, { content: 'La clinique ferme demain.', quiet_hours: 'none' });
  await clinic.must(202, 'POST', `${BROADCASTS}${urgent}/send_now/`);
  await until('the one without quiet hours to be sent', async () => (await get(clinic, urgent)).status === 'sent');
  const before = (await bodiesOf(clinic, patient.phone)).length;
  await clinic.must(201, 'POST', '/api/simulator/', { phone: patient.phone, body: 'Quel est mon groupe sanguin ?' });
  await until('an answer', async () => (await bodiesOf(clinic, patient.phone)).length > before);
  const bodies = await bodiesOf(clinic, patient.phone);
  assert.ok(bodies.includes('La clinique ferme demain.'));
  assert.ok(!bodies.includes(TIP.content));
  const b = await get(clinic, id);
  assert.equal(b.status, 'sending');
  assert.equal(b.counts.waiting, 1);
  await clinic.must(200, 'POST', `${BROADCASTS}${id}/cancel/`);
  assert.equal((await get(clinic, id)).waits_for, null);
});

test('how many, how long and until when is told before', async () => {
  for (let i = 0; i < 3; i += 1) await anActive(server, { tags: ['prévision'] });
  const at = Math.floor((Date.now() + DAY) / 1000) * 1000;
  const b = await write(server, { ...toTag('prévision'), rate_per_hour: 2, scheduled_at: iso(at) });
  const x = await server.must(200, 'GET', `${BROADCASTS}${b.id}/estimate/`);
  assert.equal(x.recipients, 3);
  assert.equal(x.by_template, 0);
  assert.equal(x.per_hour, 2);
  assert.equal(x.starts_at, iso(at));
  assert.equal(x.first_at, iso(at));
  assert.equal(x.ends_at, iso(at + 1.5 * HOUR));
  assert.equal(x.days, 1);
  assert.equal(x.time_zone, 'Africa/Dakar');
  assert.deepEqual(x.people_per_day, { limit: null, source: null, reached: 0 });
  assert.equal(x.price_usd, null); // no prices are set
  const { id } = await write(server, toTag('personne'));
  const nobody = await server.must(200, 'GET', `${BROADCASTS}${id}/estimate/`);
  assert.deepEqual([nobody.recipients, nobody.first_at, nobody.ends_at, nobody.days], [0, null, null, 0]);
  await server.must(404, 'GET', `${BROADCASTS}999999/estimate/`);
});

test('one that repeats has a run of its own each time; it is not sent itself, and can be changed until it ends', async () => {
  const patient = await anActive(server, { tags: ['série'] });
  const series = await write(server, { ...toTag('série'), content: 'Semaine un.', scheduled_at: iso(Date.now() + 500), repeat: 'weekly', repeat_count: 2 });
  assert.equal(series.status, 'scheduled');
  assert.equal(series.repeat, 'weekly');
  const refused = await server.api('POST', `${BROADCASTS}${series.id}/send_now/`);
  assert.equal(refused.status, 409);
  assert.equal(refused.body.code, 'broadcast_repeats');
  const [run] = await until('its first run to be sent', async () => {
    const runs = await runsOf(server, series.id);
    return runs.length && runs[0].status === 'sent' && runs;
  });
  assert.equal(run.run_of, series.id);
  assert.equal(run.run_at, series.scheduled_at);
  assert.equal(run.counts.recipients, 1);
  assert.equal(run.repeat, null);
  assert.ok((await bodiesOf(server, patient.phone)).includes('Semaine un.'));
  const next = await get(server, series.id);
  assert.equal(next.status, 'scheduled');
  assert.equal(next.runs, 1);
  assert.equal(Date.parse(next.scheduled_at), Date.parse(series.scheduled_at) + 7 * DAY);
  assert.equal(next.counts.recipients, 0);
  assert.equal((await server.api('PATCH', `${BROADCASTS}${series.id}/`, { repeat_count: 1 })).status, 400); // it has had that
  const changed = await server.must(200, 'PATCH', `${BROADCASTS}${series.id}/`, { content: 'Semaine deux.' });
  assert.equal(changed.scheduled_at, next.scheduled_at);
  const once = await server.must(200, 'PATCH', `${BROADCASTS}${series.id}/`, { repeat: null });
  assert.equal(once.repeat_count, null);
  await server.must(202, 'POST', `${BROADCASTS}${series.id}/send_now/`);
  await until('it to be sent as one', async () => (await get(server, series.id)).status === 'sent');
  assert.ok((await bodiesOf(server, patient.phone)).includes('Semaine deux.'));
});

test('a scheduled one can be paused, resumed and cancelled', async () => {
  await anActive(server, { tags: ['attente'] });
  const b = await write(server, { ...toTag('attente'), scheduled_at: iso(Date.now() + 400) });
  assert.equal((await server.must(200, 'POST', `${BROADCASTS}${b.id}/pause/`)).status, 'paused');
  await server.must(409, 'POST', `${BROADCASTS}${b.id}/pause/`);
  const probe = await write(server, { ...toTag('attente'), scheduled_at: iso(Date.now() + 800) }); // due after it
  await until('a later one to be sent', async () => (await get(server, probe.id)).status === 'sent');
  assert.equal((await get(server, b.id)).status, 'paused');
  const resumed = (await server.must(200, 'POST', `${BROADCASTS}${b.id}/resume/`)).status;
  assert.ok(['scheduled', 'sending', 'sent'].includes(resumed), resumed); // it is due: it may be under way before this is answered
  await until('it to start, because its time has passed', async () => (await get(server, b.id)).status === 'sent');
  const later = await write(server, { ...toTag('attente'), scheduled_at: iso(Date.now() + DAY), repeat: 'daily' });
  assert.equal((await server.must(200, 'POST', `${BROADCASTS}${later.id}/cancel/`)).status, 'cancelled');
  await server.must(204, 'DELETE', `${BROADCASTS}${later.id}/`);
});

/** A day passes while the program is off: what is planned is a day nearer. */
function aDayPasses(dataDir, days = 1) {
  const script = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
by = int(sys.argv[2]) * 86400 * 1000000
db.execute("UPDATE broadcast SET scheduled_at_us = scheduled_at_us - ?, repeat_from_us = repeat_from_us - ?, run_at_us = run_at_us - ?", (by, by, by))
db.execute("UPDATE job SET due_at_us = due_at_us - ? WHERE kind = 'broadcast.start' AND due_at_us IS NOT NULL", (by,))
db.commit()
`;
  const { status, stderr } = spawnSync('/usr/bin/python3', ['-c', script, path.join(dataDir, 'medirecord.db'), String(days)], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

test('kill -9 around its times: exactly one run each, and one message each; after an outage one for all', async (t) => {
  const dataDir = tempDir();
  const rounds = SANITIZED ? 4 : 12;
  let clinic = await startServer({ dataDir });
  t.after(() => clinic.stop());
  const patient = await anActive(clinic);
  const series = await write(clinic, { scheduled_at: iso(Date.now() + HOUR), repeat: 'daily' });
  await clinic.kill();
  for (let round = 0; round < rounds; round += 1) {
    aDayPasses(dataDir, round === rounds - 1 ? 5 : 1); // the last time it was off for longer
    clinic = await startServer({ dataDir, login: false });
    for (let i = 0; i < round; i += 1) await clinic.api('GET', '/api/health/', undefined, { token: null, record: false }); // another instruction each time
    await clinic.kill();
  }
  clinic = await startServer({ dataDir });
  const runs = await until('every run to be sent', async () => {
    const all = await runsOf(clinic, series.id);
    return all.length >= rounds && all.every((b) => b.status === 'sent') && all;
  }, 120_000); // what the last one killed had begun is taken up when its claim is over
  assert.equal(runs.length, rounds);
  assert.equal(new Set(runs.map((b) => b.run_at)).size, rounds);
  const after = await get(clinic, series.id);
  assert.equal(after.runs, rounds);
  assert.ok(Date.parse(after.scheduled_at) > Date.now());
  assert.equal((await bodiesOf(clinic, patient.phone)).filter((x) => x === TIP.content).length, rounds);
});
