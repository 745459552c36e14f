'use strict';
/*
 * meta -- stands in for Meta's Cloud API (v26.0): messages, templates, the sender, media in two steps, webhooks.
 *
 *   const { Meta } = require('../fakes/meta.js');
 *   const meta = await new Meta().start();
 *   const server = await startServer({ env: meta.env() });
 *   meta.webhook = { public: server.url, actual: server.url };
 *   await meta.say('+221771234567', 'Quelle est ma posologie ?');
 *   await meta.post(meta.batch([meta.textOf(a, 'un'), meta.textOf(b, 'deux')]));      // many in one call
 *   meta.count('+221771234567', '…')                     // see carrier.js for what was taken, reports, chance and clock
 *
 * or, by hand:   node tests/fakes/meta.js 8104
 *
 * Meta publishes no document of its API, so the shapes are those of its guide. A person is "+221…" or "SN.…" (the number is hidden). Webhooks
 * escape what is not ASCII and are signed over the bytes. templates: list of { name, language, body, status }. The same person may be written to 45
 * times in a row with `pairLimit` on, as by Meta, then 131056.
 *
 * Faults, beside those of service.js:
 *   busy           429, 130429                   unavailable   503, 2
 *   unauthorized   401, 190                      maintenance   500, 131057
 */
const crypto = require('node:crypto');

const { Carrier } = require('./carrier.js');
const { Refusal, Service, main } = require('./service.js');

const WEBHOOK_PATH = '/webhook/whatsapp-rag';
const BODY_MAX = 4096;
const BURST_MAX = 45;
const MEMBERS = ['messaging_product', 'recipient_type', 'to', 'recipient', 'type', 'text', 'template', 'context', 'biz_opaque_callback_data'];

function refuse(status, code, details = 'refused') {
  throw new Refusal(status, {
    error: { message: `(#${code}) ${details}`, type: 'OAuthException', code, error_data: { messaging_product: 'whatsapp', details }, fbtrace_id: 'A0b1C2d3' },
  });
}

/** As Meta writes JSON: what is not ASCII is escaped, and so is "/". */
const escaped = (value) => JSON.stringify(value).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).replace(/\//g, '\\/');
const sign = (secret, bytes) => `sha256=${crypto.createHmac('sha256', secret).update(bytes).digest('hex')}`;
const newId = () => `wamid.${crypto.randomBytes(24).toString('base64')}`;

/** Where media really are: another host, which wants the token. */
class Store extends Service {
  constructor(meta) {
    super();
    this.files = new Map();
    this.meta = meta;
  }

  handle(entry) {
    const file = this.files.get(entry.path);
    if (entry.headers.authorization !== `Bearer ${this.meta.token}`) throw new Refusal(401, '');
    if (!file) throw new Refusal(404, '');
    return { body: file.bytes, headers: { 'Content-Type': file.type } };
  }
}

class Meta extends Carrier {
  constructor() {
    super();
    Object.assign(this, { token: 'EAAtest0123456789', secret: 'meta-secret-de-test', verifyToken: 'un-mot-de-la-clinique', version: 'v26.0' });
    Object.assign(this, { phoneNumberId: '106540352242922', business: '102290129340398', number: '+15550783881', pairLimit: false });
    this.templates = [];
    this.media = new Map();
    this.store = new Store(this);
  }

  async start(port) {
    await this.store.start();
    return super.start(port);
  }

  async stop() {
    await this.store.stop();
    await super.stop();
  }

  env(more = {}) {
    return {
      CHANNEL: 'meta', META_ACCESS_TOKEN: this.token, META_PHONE_NUMBER_ID: this.phoneNumberId, META_BUSINESS_ACCOUNT_ID: this.business,
      META_APP_SECRET: this.secret, META_VERIFY_TOKEN: this.verifyToken, META_WHATSAPP_NUMBER: this.number, META_API_BASE_URL: this.url, ...more,
    };
  }

  // ---- what people do ----

  /** A message of a person as it stands in a webhook; type and content of other kinds by `more`. */
  textOf(person, body, more = {}) {
    this.openWindow(person);
    const who = person.startsWith('+') ? { from: person.slice(1), from_user_id: more.userId ?? `SN.${person.slice(1)}0` } : { from_user_id: person };
    const { userId, ...rest } = more;
    return { ...who, id: newId(), timestamp: String(Math.floor(this.now() / 1000)), type: 'text', ...(!rest.type && { text: { body } }), ...rest };
  }

  statusOf(sid, status, { code, data } = {}) {
    return {
      id: sid, status, timestamp: String(Math.floor(this.now() / 1000)), recipient_id: '221771234567', ...(data !== undefined && { biz_opaque_callback_data: data }),
      ...(status === 'failed' && { errors: [{ code, title: 'Message failed', message: 'Message failed', error_data: { details: 'é' }, href: 'https://developers.facebook.com/' }] }),
    };
  }

  value(more) {
    return { messaging_product: 'whatsapp', metadata: { display_phone_number: this.number.slice(1), phone_number_id: this.phoneNumberId }, ...more };
  }

  envelope(changes) {
    return { object: 'whatsapp_business_account', entry: [{ id: this.business, changes }] };
  }

  /** One call about many messages and reports. */
  batch(messages, statuses = []) {
    const contacts = messages.map((m) => ({ profile: { name: 'Aïssatou' }, ...(m.from && { wa_id: m.from }), user_id: m.from_user_id }));
    return this.envelope([
      ...(messages.length ? [{ field: 'messages', value: this.value({ contacts, messages }) }] : []),
      ...(statuses.length ? [{ field: 'messages', value: this.value({ statuses }) }] : []),
    ]);
  }

  async say(person, body, more) {
    const message = this.textOf(person, body, more);
    return { sid: message.id, message, answer: await this.post(this.batch([message])) };
  }

  button(person, words, payload) {
    return this.say(person, '', { type: 'button', button: { text: words, payload } });
  }

  addMedia(medium) {
    const id = String(crypto.randomInt(1e14, 2e14));
    this.media.set(id, medium);
    this.store.files.set(`/${id}`, medium);
    return id;
  }

  voice(person, bytes = Buffer.from('OggS…')) {
    const type = 'audio/ogg; codecs=opus';
    return this.say(person, '', { type: 'audio', audio: { id: this.addMedia({ type, bytes }), mime_type: type, sha256: 'x', voice: true } });
  }

  document(person, filename, bytes, caption) {
    const id = this.addMedia({ type: 'application/pdf', bytes });
    return this.say(person, '', { type: 'document', document: { id, mime_type: 'application/pdf', sha256: 'x', filename, ...(caption && { caption }) } });
  }

  post(payload, { signature, headers = {} } = {}) {
    const bytes = Buffer.from(typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : escaped(payload));
    const signed = signature ?? sign(this.secret, bytes);
    return this.call(this.webhook.public + WEBHOOK_PATH, {
      body: bytes, headers: { 'Content-Type': 'application/json', 'User-Agent': 'facebookexternalua', ...(signed && { 'X-Hub-Signature-256': signed }), ...headers },
    });
  }

  /** Meta asks whether the webhook is ours. */
  subscribe(token = this.verifyToken, challenge = '1158201444') {
    const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': challenge });
    return this.call(`${this.webhook.public}${WEBHOOK_PATH}?${query}`, { method: 'GET' });
  }

  report(sid, status, { code } = {}) {
    const message = this.outbox.find((m) => m.sid === sid);
    message.status = status;
    return this.webhook ? this.post(this.batch([], [this.statusOf(sid, status, { code, data: message.data })])) : undefined;
  }

  // ---- what the program asks ----

  handle(entry, fault) {
    if (fault === 'busy') refuse(429, 130429, 'Rate limit hit');
    if (fault === 'unavailable') refuse(503, 2, 'Service temporarily unavailable');
    if (fault === 'maintenance') refuse(500, 131057, 'Account in maintenance mode');
    if (fault === 'unauthorized' || entry.headers.authorization !== `Bearer ${this.token}`) refuse(401, 190, 'Error validating access token');
    const found = new RegExp(`^/${this.version.replace('.', '\\.')}/(\\d+)(/\\w+)?$`).exec(entry.path.split('?')[0]);
    if (!found) refuse(400, 100, 'Unsupported request');
    const [, id, rest] = found;
    if (id === this.phoneNumberId && entry.method === 'POST' && rest === '/messages') return this.#take(entry);
    if (id === this.phoneNumberId && entry.method === 'GET' && !rest) return { body: { display_phone_number: this.number, quality_rating: 'GREEN', id } };
    if (id === this.business && entry.method === 'GET' && rest === '/message_templates') return this.#listTemplates(entry);
    if (this.media.has(id) && !rest) return this.#medium(entry, id);
    return refuse(400, 100, `Object with ID '${id}' does not exist`);
  }

  #person(body) {
    if ((body.to === undefined) === (body.recipient === undefined)) refuse(400, 131008, 'to or recipient');
    if (body.recipient !== undefined) return /^[A-Z]{2}\.[A-Za-z0-9.]{1,136}$/.test(body.recipient) ? body.recipient : refuse(400, 131009, 'recipient');
    return /^\+?[1-9]\d{7,14}$/.test(body.to) ? `+${body.to.replace('+', '')}` : refuse(400, 131009, 'to');
  }

  #wordsOf(body) {
    if (body.type === 'text') {
      const words = body.text?.body;
      if (typeof words !== 'string' || !words) refuse(400, 131008, 'text.body');
      return [...words].length > BODY_MAX ? refuse(400, 131009, 'text.body is too long') : words;
    }
    if (body.type !== 'template') refuse(400, 131051, 'type');
    const named = this.templates.filter((t) => t.name === body.template?.name);
    const template = named.find((t) => (t.language ?? 'fr') === body.template?.language?.code);
    if (!template) refuse(404, 132001, 'Template name does not exist in the translation');
    if (template.status === 'PAUSED') refuse(400, 132015, 'paused');
    const values = (body.template.components ?? []).filter((c) => c.type === 'body').flatMap((c) => c.parameters.map((p) => p.text));
    const wanted = new Set(template.body.match(/\{\{\d+\}\}/g) ?? []).size;
    if (values.length !== wanted) refuse(400, 132000, 'Number of parameters does not match');
    return template.body.replace(/\{\{(\d+)\}\}/g, (_, n) => values[n - 1]);
  }

  #take(entry) {
    const { body } = entry;
    if (body?.messaging_product !== 'whatsapp') refuse(400, 100, 'messaging_product');
    const unknown = Object.keys(body).filter((name) => !MEMBERS.includes(name));
    if (unknown.length) {
      this.violations.push(`POST ${entry.path}: ${unknown.join(', ')}`);
      refuse(400, 100, `Unexpected key ${unknown[0]}`);
    }
    const person = this.#person(body);
    if (Buffer.byteLength(body.biz_opaque_callback_data ?? '') > 512) refuse(400, 100, 'biz_opaque_callback_data');
    const words = this.#wordsOf(body);
    const outcome = this.outcomes.get(person);
    if (outcome?.at === 'answer') refuse(outcome.http ?? 400, outcome.code);
    if (this.pairLimit && this.count(person) >= BURST_MAX) refuse(429, 131056, 'Pair rate limit hit');
    return this.#keep(body, person, words, outcome);
  }

  #keep(body, person, words, outcome) {
    const sid = newId();
    const message = { sid, to: person, body: words, template: body.template?.name ?? null, data: body.biz_opaque_callback_data, status: 'accepted', at: this.now() };
    this.outbox.push(message);
    const answer = {
      body: {
        messaging_product: 'whatsapp', contacts: [{ input: body.to ?? body.recipient, ...(body.to && { wa_id: person.slice(1) }) }],
        messages: [{ id: sid, ...(body.type === 'template' && { message_status: 'accepted' }) }],
      },
    };
    const closed = body.type === 'text' && !this.isOpen(person) ? { code: 131047 } : undefined;
    const before = this.reportLater(person, message, outcome ?? closed);
    return before ? before.then(() => answer) : answer;
  }

  #listTemplates(entry) {
    const name = new URL(entry.path, 'http://any').searchParams.get('name');
    const data = this.templates.filter((t) => !name || t.name.includes(name))
      .map(({ name: own, language = 'fr', status = 'APPROVED' }, i) => ({ name: own, language, status, id: String(1000 + i) }));
    return { body: { data, paging: { cursors: { before: 'MAZ', after: 'MjQZD' } } } };
  }

  #medium(entry, id) {
    const { type, bytes } = this.media.get(id);
    if (entry.method === 'DELETE') {
      this.media.delete(id);
      this.store.files.delete(`/${id}`);
      return { body: { success: true } };
    }
    const sha256 = crypto.createHash('sha256').update(bytes).digest('hex');
    return { body: { messaging_product: 'whatsapp', url: this.media.get(id).redirect ?? `${this.store.url}/${id}`, mime_type: type, sha256, file_size: String(bytes.length), id } };
  }
}

module.exports = { Meta, WEBHOOK_PATH, escaped, newId, sign };
if (require.main === module) main(Meta);
