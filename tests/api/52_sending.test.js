'use strict';
/* How messages leave, as the health page tells it. */
const test = require('node:test');
const assert = require('node:assert/strict');
const { startServer, until, withServer } = require('./harness.js');
const { Service } = require('../fakes/service.js');
const { WEBHOOK_PATH, newSid, sign } = require('../fakes/twilio.js');

const server = withServer(test);

test('health tells what waits in each lane', async () => {
  const { status, sending } = await server.must(200, 'GET', '/api/health/');
  assert.equal(status, 'ok');
  assert.equal(sending.channel, 'simulator');
  assert.equal(sending.state, 'ok');
  assert.equal(sending.paused_until, null);
  assert.deepEqual(Object.keys(sending.waiting).sort(), ['alert', 'bulk', 'notice', 'reply']);
  for (const lane of Object.values(sending.waiting)) assert.deepEqual(lane, { count: 0, oldest_seconds: 0 });
});

test('a carrier that refuses the account stops nothing for good, and the doctor is told once', async (t) => {
  const carrier = await new Service().start();
  t.after(() => carrier.stop());
  carrier.chanceFault = () => ({ code: 401, body: { code: 20003, message: 'Authenticate' } });
  const refused = await startServer({
    env: {
      CHANNEL: 'twilio', TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000001', TWILIO_AUTH_TOKEN: 'wrong',
      TWILIO_WHATSAPP_NUMBER: '+14155238886', TWILIO_API_BASE_URL: carrier.url, MEDIRECORD_PUBLIC_URL: 'https://clinique.example',
    },
  });
  t.after(() => refused.stop());
  for (let i = 0; i < 4; i++) { // strangers who write: each gets an answer
    const form = new URLSearchParams({
      MessageSid: newSid('SM'), AccountSid: 'AC00000000000000000000000000000001', From: `whatsapp:+22177123456${i}`, To: 'whatsapp:+14155238886', Body: 'Bonjour', NumMedia: '0',
    });
    await refused.must(200, 'POST', WEBHOOK_PATH, form.toString(), {
      token: null, type: 'application/x-www-form-urlencoded', headers: { 'X-Twilio-Signature': sign('wrong', `https://clinique.example${WEBHOOK_PATH}`, form) },
    });
  }
  const health = await until('the sender to pause', async () => {
    const body = await refused.must(200, 'GET', '/api/health/');
    return body.sending.paused_until && body.sending.waiting.reply.count === 4 && body;
  });
  assert.equal(health.status, 'degraded');
  assert.equal(health.sending.state, 'refused');
  assert.equal(health.sending.channel, 'twilio');
  const { results } = await refused.must(200, 'GET', '/api/notifications/');
  assert.deepEqual(results.map((n) => n.kind), ['channel.account']);
  const messages = await refused.must(200, 'GET', '/api/messaging/messages/?direction=out');
  assert.equal(messages.count, 4);
  for (const m of messages.results) assert.ok(['queued', 'sending'].includes(m.status), m.status);
  assert.deepEqual((await refused.api('GET', '/api/health/', undefined, { token: null })).body, { status: 'ok' });
});
