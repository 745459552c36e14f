'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const { demo, listen, until, withOwnServer, withServer } = require('./harness.js');

const server = withServer(test);

const of = (listener, id) => listener.events.filter((e) => e.event === 'document' && e.data.id === id).map((e) => e.data);

/** A reader who was awake may tell of his work before the upload has told that it waits: each is told once, and the work in its order. */
function readOnce(told) {
  assert.equal(told.filter((e) => e.status === 'pending').length, 1);
  const work = told.filter((e) => e.status !== 'pending');
  assert.deepEqual(work.map((e) => e.status), ['processing', 'processing', 'indexed']);
  return work;
}

test('the progress of a document is told page by page, and that it is indexed', async () => {
  const listener = await listen(server);
  assert.equal(listener.response.status, 200);
  assert.match(listener.response.headers.get('content-type'), /^text\/event-stream/);
  assert.equal(listener.response.headers.get('cache-control'), 'no-store');
  assert.equal(listener.response.headers.get('x-accel-buffering'), 'no');
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, demo.file('ordonnance-ndiaye-2026-09.pdf'));
  await until('the last event', () => of(listener, document.id).some((e) => e.status === 'indexed'));
  const told = of(listener, document.id);
  assert.deepEqual(readOnce(told)[1], { id: document.id, patient: patient.id, status: 'processing', pages_done: 1, page_count: 1 });
  listener.close();
});

test('a second browser hears of a document when it comes, when it moves, and when it goes', async () => {
  const listener = await listen(server);
  const [one, other] = [await server.activePatient(), await server.activePatient()];
  const document = await server.indexed(one.id, demo.file('ordonnance-sow-2026-04.pdf'));
  await server.must(202, 'POST', `/api/documents/${document.id}/move/`, { patient_id: other.id });
  await server.settled(document.id);
  await server.must(204, 'DELETE', `/api/documents/${document.id}/`);
  await until('the end of the document', () => of(listener, document.id).at(-1)?.status === 'deleted');
  const told = of(listener, document.id);
  const waits = told.filter((e) => e.status === 'pending');
  assert.deepEqual(waits.map((e) => e.patient), [one.id, other.id]);
  assert.deepEqual(told.at(-1), { id: document.id, patient: other.id, status: 'deleted', pages_done: 0, page_count: 0 });

  const kept = await server.indexed(one.id, demo.file('ordonnance-sow-2026-04.pdf'));
  await server.must(204, 'DELETE', `/api/patients/${one.id}/`);
  await until('the erasure', () => of(listener, 0).length > 0);
  assert.deepEqual(of(listener, 0), [{ id: 0, patient: one.id, status: 'deleted', pages_done: 0, page_count: 0 }]);
  assert.equal(of(listener, kept.id).at(-1).status, 'indexed');
  listener.close();
});

test('who comes back with Last-Event-ID is told what he missed, once and in order', async () => {
  const patient = await server.activePatient();
  const first = await listen(server);
  const one = await server.indexed(patient.id, demo.file('ordonnance-ba-2026-08.pdf'));
  await until('the first document', () => of(first, one.id).at(-1)?.status === 'indexed');
  first.close();
  const two = await server.indexed(patient.id, demo.file('ordonnance-sow-2026-04.pdf'));
  const back = await listen(server, { 'Last-Event-ID': first.events.at(-1).id });
  await until('the second document', () => of(back, two.id).at(-1)?.status === 'indexed');
  readOnce(of(back, two.id));
  assert.equal(of(back, one.id).length, 0);
  back.close();
});

test('an id of another life of the program, and one that is long gone, start afresh', async () => {
  for (const id of ['00000000-7', 'nonsense', '🙂']) {
    const listener = await listen(server, { 'Last-Event-ID': encodeURIComponent(id) });
    await until('the reset', () => listener.events[0]?.event === 'reset');
    listener.close();
  }
});

test('messages are told as they come and go, by their numbers only', async () => {
  const patient = await server.activePatient();
  const listener = await listen(server);
  await server.simulator.ask(patient.phone, 'Bonjour');
  const told = () => listener.events.filter((e) => e.event === 'message' && e.data.patient === patient.id).map((e) => e.data);
  await until('both messages', () => told().length >= 2);
  assert.deepEqual(told().map((e) => `${e.direction} ${e.status}`).sort(), ['in received', 'out delivered']);
  assert.deepEqual(Object.keys(told()[0]).sort(), ['direction', 'id', 'patient', 'status']);
  assert.doesNotMatch(listener.raw, /Bonjour|\+221/);
  listener.close();
});

test('without a sign-in there are no events', async () => {
  const answer = await server.api('GET', '/api/events/', undefined, { token: null });
  assert.equal(answer.status, 401);
});

test('many listeners each hear everything, and leaving costs the others nothing', async () => {
  const listeners = await Promise.all(Array.from({ length: 40 }, () => listen(server)));
  for (const leaving of listeners.splice(0, 20)) leaving.close();
  const patient = await server.activePatient();
  const document = await server.indexed(patient.id, demo.file('ordonnance-fall-2026-05.pdf'));
  for (const listener of listeners) {
    await until('each listener', () => of(listener, document.id).at(-1)?.status === 'indexed');
    listener.close();
  }
});

test('a listener does not keep the program from stopping', async () => {
  await withOwnServer({}, async (own) => {
    const listener = await listen(own);
    await until('the greeting', () => listener.raw.includes('retry:'));
    const asked = Date.now();
    await own.stop();
    await listener.ended;
    assert.ok(Date.now() - asked < 5000, `it took ${Date.now() - asked} ms`);
    await own.start();
  });
});
