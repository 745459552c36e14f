'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const { aPatient, raw, until, withServer } = require('./harness.js');

const BROADCASTS = '/api/messaging/broadcast/';

const server = withServer(test);

const scrape = async (headers = {}, token = null) => {
  const head = Object.entries({ Host: '127.0.0.1', ...headers, ...(token && { Authorization: `Token ${token}` }) });
  const text = await raw(server.port, `GET /metrics HTTP/1.1\r\n${head.map(([k, v]) => `${k}: ${v}\r\n`).join('')}Connection: close\r\n\r\n`);
  return { status: Number(text.slice(9, 12)), head: text.split('\r\n\r\n')[0], body: text.slice(text.indexOf('\r\n\r\n') + 4) };
};
const value = (body, line) => {
  const found = body.split('\n').find((l) => l.startsWith(`${line} `));
  return found && Number(found.slice(line.length + 1));
};
const dashboard = (query = '', options) => server.api('GET', `/api/metrics/dashboard/${query}`, undefined, options);

test('/metrics is read from this machine without a token, in the format of Prometheus', async () => {
  const { status, head, body } = await scrape();
  assert.equal(status, 200);
  assert.match(head, /Content-Type: text\/plain; version=0\.0\.4; charset=utf-8/);
  assert.match(body, /^# HELP medirecord_build_info /m);
  assert.match(body, /^# TYPE medirecord_http_request_duration_seconds histogram$/m);
  assert.ok(value(body, 'process_resident_memory_bytes') > 1e6);
  assert.ok(value(body, 'process_open_fds') > 3);
  assert.ok(value(body, 'medirecord_database_bytes{file="main"}') > 1000);
  const names = [...body.matchAll(/^# TYPE (\S+)/gm)].map((m) => m[1]);
  assert.equal(new Set(names).size, names.length, 'a family stands there twice');
});

test('promtool finds nothing wrong with it', async (t) => {
  if (spawnSync('promtool', ['--version']).error) return t.skip('promtool is not there');
  await server.api('GET', '/api/patients/');
  const { body } = await scrape();
  const checked = spawnSync('promtool', ['check', 'metrics'], { input: body, encoding: 'utf8' });
  assert.equal(checked.status, 0, checked.stdout + checked.stderr);
});

test('what comes through a proxy, or for another name, needs a token', async () => {
  for (const headers of [{ 'X-Forwarded-For': '41.82.0.1' }, { 'X-Forwarded-For': '127.0.0.1' }, { 'X-Real-IP': '41.82.0.1' }, { Forwarded: 'for=41.82.0.1' },
    { Via: '1.1 proxy' }, { 'X-Forwarded-Proto': 'https' }, { Host: 'clinique.example' }, { Host: '127.0.0.1.evil.example' }]) {
    const without = await scrape(headers);
    assert.equal(without.status, 401, JSON.stringify(headers));
    assert.doesNotMatch(without.body, /medirecord_/);
    assert.equal((await scrape(headers, server.token)).status, 200, JSON.stringify(headers));
  }
  assert.equal((await scrape({ 'X-Forwarded-For': '41.82.0.1' }, 'wrong')).status, 401);
});

test('requests are counted under their pattern, and nobody is named', async () => {
  const before = value((await scrape()).body, 'medirecord_http_requests_total{method="GET",route="/api/patients/{id}/",status="4xx"}') ?? 0;
  for (const id of [999001, 999002, 999003]) await server.api('GET', `/api/patients/${id}/`);
  await server.api('GET', '/api/nothing/secret-of-somebody/');
  const { body } = await scrape();
  assert.equal(value(body, 'medirecord_http_requests_total{method="GET",route="/api/patients/{id}/",status="4xx"}'), before + 3);
  assert.ok(value(body, 'medirecord_http_requests_total{method="(any)",route="(none)",status="4xx"}') >= 1);
  assert.doesNotMatch(body, /99900|secret|@/);
});

test('an answer, its messages and its jobs are in both', async () => {
  const patient = (await server.api('POST', '/api/patients/', { first_name: 'Astou', last_name: 'Ndiaye', phone: '+221771230062', date_of_birth: '1980-01-01', gender: 'F' })).body;
  await server.api('POST', '/api/patients/confirm/', { phone: patient.phone, valid: true });
  await server.api('POST', `/api/patients/${patient.id}/consents/`, { purpose: 'assistant', granted: true });
  const asked = await server.api('POST', '/api/rag/query/', { patient_phone: patient.phone, query: 'Quelle est ma dernière ordonnance ?' });
  assert.equal(asked.status, 200, JSON.stringify(asked.body));
  assert.equal((await server.api('POST', '/api/simulator/', { phone: patient.phone, body: 'quelles sont mes allergies ?' })).status, 201);
  await until('the reply to be counted', async () => (await dashboard()).body.response_time.count >= 2);

  const { body } = await dashboard();
  assert.equal(body.hours, 24);
  assert.equal(body.step, 'hour');
  assert.equal(body.series.length, 25);
  assert.ok(body.questions.count >= 2);
  assert.equal(body.questions.answered + body.questions.refused + body.questions.escalated, body.questions.count);
  assert.ok(body.questions.by_intent.some((i) => i.intent === 'last_prescription'));
  assert.ok(body.response_time.p50_seconds <= body.response_time.p95_seconds);
  assert.ok(body.delivery.received >= 1 && body.delivery.sent >= 1);
  for (const name of ['questions', 'received', 'out', 'sent', 'delivered', 'read', 'failed', 'documents'])
    assert.equal(body.series.reduce((sum, p) => sum + p[name], 0), name in body.delivery ? body.delivery[name] : name === 'questions' ? body.questions.count : body.indexing.documents, name);
  assert.equal(body.series[0].response_mean_seconds, null, 'nothing measured is not zero');

  const told = (await scrape()).body;
  const answers = [...told.matchAll(/^medirecord_answers_total\{engine="local",outcome="\w+"\} (\d+)$/gm)].reduce((n, m) => n + Number(m[1]), 0);
  assert.equal(answers, body.questions.count);
  assert.equal(value(told, 'medirecord_answer_duration_seconds_count{engine="local"}'), answers);
  assert.ok(value(told, 'medirecord_messages_last_day{direction="in",status="processed"}') >= 1);
  assert.match(told, /^medirecord_job_runs_total\{kind="[\w.]+",end="done"\} \d+$/m);
  assert.equal(value(told, 'medirecord_outbox_messages{lane="alert"}'), 0);
  assert.doesNotMatch(told, /Astou|Ndiaye|77123/);
});

test('a broadcast is counted by the state and the reason of each person, as its report says', async () => {
  const recipients = (body) => Object.fromEntries([...body.matchAll(/^medirecord_broadcast_recipients\{state="(\w+)"\} (\d+)$/gm)].map((m) => [m[1], Number(m[2])]));
  const before = recipients((await scrape()).body);
  const tag = 'compté';
  for (let i = 0; i < 5; i += 1) {
    const patient = await server.must(201, 'POST', '/api/patients/', aPatient({ tags: [tag] }));
    if (i < 4) await server.must(200, 'POST', '/api/patients/confirm/', { phone: patient.phone, valid: true }); // the last is not active
    if (i === 0) await server.must(201, 'POST', `/api/patients/${patient.id}/consents/`, { purpose: 'messages', granted: false });
  }
  const { id } = await server.must(201, 'POST', BROADCASTS, { title: 'Conseil', content: 'Buvez de l’eau.', category: 'health_tip', target_all_patients: false, target: { tags: [tag] } });
  await server.must(202, 'POST', `${BROADCASTS}${id}/send_now/`);
  const { counts } = await until('the carrier to have reported all', async () => {
    const broadcast = await server.must(200, 'GET', `${BROADCASTS}${id}/`);
    return broadcast.counts.delivered === 3 && broadcast;
  });

  const { body } = await scrape();
  const after = recipients(body);
  const more = (state) => (after[state] ?? 0) - (before[state] ?? 0);
  assert.deepEqual(['delivered', 'left_out', 'sent', 'waiting', 'queued', 'uncertain', 'failed'].map(more), [3, 2, 0, 0, 0, 0, 0]);
  assert.deepEqual([counts.recipients, counts.delivered, counts.left_out], [5, 3, 2]);
  assert.equal(value(body, 'medirecord_broadcast_recipient_reasons{state="left_out",reason="opted_out"}'), 1);
  assert.equal(value(body, 'medirecord_broadcast_recipient_reasons{state="left_out",reason="pending"}'), 1);
  assert.ok(value(body, 'medirecord_broadcasts{status="sent"}') >= 1);
  assert.equal(value(body, 'medirecord_outbox_messages{lane="bulk"}'), 0);
  assert.ok(value(body, 'medirecord_messages_last_day{direction="out",status="delivered"}') >= 3);
});

test('documents are in the rate of success', async () => {
  const patient = (await server.api('GET', '/api/patients/?search=Ndiaye')).body.results[0];
  const form = new FormData();
  form.set('patient_id', String(patient.id));
  form.set('file', new Blob(['Ordonnance du 3 mars 2026\nParacetamol 500 mg'], { type: 'text/plain' }), 'ordonnance.txt');
  assert.equal((await server.api('POST', '/api/documents/', form)).status, 201);
  await until('the document to be read', async () => (await dashboard('?hours=1')).body.indexing.waiting === 0);
  const { indexing } = (await dashboard('?hours=1')).body;
  assert.equal(indexing.documents, 1);
  assert.equal(indexing.success_rate, indexing.indexed);
  assert.equal(indexing.indexed + indexing.failed, 1);
});

test('the services are sampled from the start on', async () => {
  await until('the first sample', async () => (await dashboard()).body.services.sampled_since);
  const { services } = (await dashboard()).body;
  assert.equal(services.status, 'ok');
  assert.equal(services.sending, 'ok');
  assert.equal(services.channel, 'simulator');
  assert.equal(services.up, 1);
  assert.equal(services.well, 1);
});

test('by the day beyond three days, each hour from 1 to 2160, and nothing else', async () => {
  for (const [hours, step, points] of [[1, 'hour', 2], [72, 'hour', 73], [73, 'day', null], [168, 'day', 8], [720, 'day', 31], [2160, 'day', 91]]) {
    const { status, body } = await dashboard(`?hours=${hours}`);
    assert.equal(status, 200, hours);
    assert.equal(body.step, step, hours);
    if (points) assert.equal(body.series.length, points, hours);
    assert.ok(new Date(body.to) - new Date(body.from) >= hours * 3600e3);
    for (const point of body.series) assert.match(point.at, step === 'day' ? /T00:00:00/ : /:00:00/);
  }
  for (const hours of ['0', '-1', '2161', '99999999999999999999', 'x', '1.5', '24h']) {
    const { status, body } = await dashboard(`?hours=${hours}`);
    assert.equal(status, 400, hours);
    assert.ok(body.hours?.[0], JSON.stringify(body));
  }
  assert.equal((await dashboard('?format=xml')).status, 400);
});

test('the series as CSV, by parameter or by Accept', async () => {
  const whole = (await dashboard('?hours=168')).body;
  for (const answer of [await dashboard('?hours=168&format=csv', { record: false }), await dashboard('?hours=168', { record: false, headers: { Accept: 'text/csv' } })]) {
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /^text\/csv/);
    assert.match(answer.headers.get('content-disposition'), /analyses-168-h\.csv/);
    const lines = answer.bytes.toString('utf8').replace(/^\ufeff/, '').trimEnd().split('\r\n').map((l) => l.split(','));
    assert.deepEqual(lines[0], Object.keys(whole.series[0]));
    assert.equal(lines.length, whole.series.length + 1);
    assert.equal(lines.at(-1)[1], String(whole.series.at(-1).questions));
  }
});

test('nobody reads the dashboard unknown', async () => {
  assert.equal((await server.api('GET', '/api/metrics/dashboard/', undefined, { token: null })).status, 401);
});
