'use strict';
/*
 * twilio -- stands in for Twilio: Programmable Messaging (2010-04-01) for WhatsApp and SMS, Content API v1, media, webhooks.
 *
 *   const { Twilio } = require('../fakes/twilio.js');
 *   const twilio = await new Twilio().start();
 *   const server = await startServer({ env: twilio.env({ MEDIRECORD_PUBLIC_URL: 'https://dossier.example' }) });
 *   twilio.webhook = { public: 'https://dossier.example', actual: server.url };
 *   const { sid, answer } = await twilio.say('+221771234567', 'Quelle est ma posologie ?');   // a person writes; the webhook is signed
 *   twilio.hear('+221771234567', 'Bonjour');             // the same, but the webhook is lost: only the list has it
 *   twilio.count('+221771234567', '…')                   // see carrier.js for what was taken, reports, chance and clock
 *
 * or, by hand:   node tests/fakes/twilio.js 8103
 *
 * Each request and each answer is held against Twilio's OpenAPI document where it is beside the project (../shared/data/specs/twilio); what
 * breaks it is refused and stands in `violations`: stop() throws then. Free text outside the window is taken and reported as
 * undelivered, 63016, as Twilio does. templates: Map of ContentSid -> { name, language, body, status }.
 *
 * Faults, beside those of service.js:
 *   busy           429, 20429, Retry-After: 1     busy_silent  the same without the header
 *   unavailable    503 before anything was done
 *   unauthorized   401, 20003                     suspended    403, 20005
 */
const crypto = require('node:crypto');
const path = require('node:path');

const { Carrier } = require('./carrier.js');
const { OpenApi } = require('./openapi.js');
const { Refusal, Service, main } = require('./service.js');

const SPECS = path.resolve(__dirname, '..', '..', '..', 'shared', 'data', 'specs', 'twilio');
const WEBHOOK_PATH = '/webhook/whatsapp-rag';
const BODY_MAX = 1600;
const MEDIA_MAX_BYTES = 16 * 1024 * 1024;
const PAGE_ROWS = 50;
const TEXT_OF_CODE = {
  20003: 'Authenticate', 20005: 'Account not active', 20404: 'The requested resource was not found', 20429: 'Too many requests',
  21211: "The 'To' number is not a valid phone number.", 21602: 'Message body is required.', 21603: "A 'From' phone number is required.",
  21604: "A 'To' phone number is required.", 21610: 'Attempt to send to unsubscribed recipient', 21617: 'The concatenated message body exceeds the 1600 character limit.',
  21655: 'The ContentSid is Invalid', 21656: 'The Content Variables parameter is invalid.', 63007: 'Twilio could not find a Channel with the specified From address',
};

function refuse(status, code, headers) {
  throw new Refusal(status, { code, message: TEXT_OF_CODE[code] ?? 'Refused', more_info: `https://www.twilio.com/docs/errors/${code}`, status }, headers);
}

const newSid = (letters) => letters + crypto.randomBytes(16).toString('hex');
const rfc2822 = (ms) => new Date(ms).toUTCString().replace('GMT', '+0000');
const bare = (address) => (address ?? '').replace(/^whatsapp:/, '');

/** As Twilio signs a form (or, with no pairs, an address alone): base64(HMAC-SHA1(token, url, names and values in order, each once)). */
function sign(token, url, pairs = []) {
  const text = [...new Set([...pairs].map(([name, value]) => JSON.stringify([name, value])))].map((one) => JSON.parse(one))
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : x > y ? 1 : 0) : a < b ? -1 : 1)).map(([name, value]) => name + value).join('');
  return crypto.createHmac('sha1', token).update(url + text).digest('base64');
}

/** Where media really are: another host, which must see no credentials. */
class Store extends Service {
  constructor() {
    super();
    this.files = new Map();
  }

  handle(entry) {
    const file = this.files.get(entry.path.split('?')[0]);
    if (entry.headers.authorization) throw new Refusal(400, '<Error>Only one auth mechanism allowed</Error>', { 'Content-Type': 'application/xml' });
    if (!file) throw new Refusal(404, '<Error>NoSuchKey</Error>', { 'Content-Type': 'application/xml' });
    return { body: file.bytes, headers: { 'Content-Type': file.type } };
  }
}

class Twilio extends Carrier {
  constructor() {
    super();
    Object.assign(this, { account: `AC${'0'.repeat(31)}1`, token: '0f1e2d3c4b5a69788796a5b4c3d2e1f0', sender: '+221338240000', smsSender: '+14155550100' });
    Object.assign(this, { service: null, accountStatus: 'active', senderStatus: 'ONLINE' });
    this.api = OpenApi.load(path.join(SPECS, 'twilio_api_v2010.json'));
    this.messaging = OpenApi.load(path.join(SPECS, 'twilio_messaging_v1.json'));
    this.content = OpenApi.load(path.join(SPECS, 'twilio_content_v1.json'));
    this.messages = new Map(); // sid -> the resource, oldest first: ours and theirs
    this.messagesTo = new Map(); // address -> the same
    this.callbacks = new Map(); // sid -> where its reports go
    this.media = new Map(); // sid of the medium -> { parent, type, bytes, redirect }
    this.templates = new Map();
    this.store = new Store();
  }

  async start(port) {
    await this.store.start();
    return super.start(port);
  }

  async stop() {
    await this.store.stop();
    await super.stop();
  }

  /** Settings for the program. */
  env(more = {}) {
    return {
      CHANNEL: 'twilio', TWILIO_ACCOUNT_SID: this.account, TWILIO_AUTH_TOKEN: this.token, TWILIO_WHATSAPP_NUMBER: this.sender,
      TWILIO_API_BASE_URL: this.url, TWILIO_CONTENT_BASE_URL: this.url, TWILIO_MESSAGING_BASE_URL: this.url, ...more,
    };
  }

  // ---- what people do ----

  #resource(sid, fields) {
    const now = rfc2822(this.now());
    const uri = `/2010-04-01/Accounts/${this.account}/Messages/${sid}.json`;
    return {
      sid, account_sid: this.account, messaging_service_sid: null, body: '', from: null, to: null, status: 'queued', direction: 'outbound-api',
      num_segments: '1', num_media: '0', price: null, price_unit: null, error_code: null, error_message: null, date_created: now, date_updated: now,
      date_sent: null, api_version: '2010-04-01', uri, subresource_uris: { media: uri.replace('.json', '/Media.json') }, ...fields,
    };
  }

  /** A person writes and the webhook never comes: only the list knows. Answers the form that would have been posted. */
  hear(phone, body, { media = [], extra = {}, externalId, hidden = false } = {}) {
    const sid = newSid(media.length ? 'MM' : 'SM');
    const from = hidden ? `whatsapp:${externalId}` : `whatsapp:${phone}`;
    const to = `whatsapp:${this.sender}`;
    const person = hidden ? externalId : phone;
    this.openWindow(person);
    this.#keep(this.#resource(sid, {
      body, from, to, status: 'received', direction: 'inbound', num_media: String(media.length), date_sent: rfc2822(this.now()),
    }));
    const form = new URLSearchParams({
      SmsMessageSid: sid, NumMedia: String(media.length), ProfileName: 'Aïssatou Ndiaye', MessageType: 'text', SmsSid: sid,
      ...(!hidden && { WaId: phone.slice(1) }), SmsStatus: 'received', Body: body, To: to, NumSegments: '1', ReferralNumMedia: '0', MessageSid: sid,
      AccountSid: this.account, From: from, ApiVersion: '2010-04-01',
      ChannelMetadata: JSON.stringify({ type: 'whatsapp', data: { context: { ProfileName: 'Aïssatou Ndiaye', ...(!hidden && { WaId: phone.slice(1) }) } } }),
      ...(externalId && { ExternalUserId: `whatsapp:${externalId}` }),
    });
    media.forEach((medium, i) => {
      const id = this.addMedia(sid, medium);
      form.set(`MediaUrl${i}`, `${this.url}/2010-04-01/Accounts/${this.account}/Messages/${sid}/Media/${id}`);
      form.set(`MediaContentType${i}`, medium.type);
    });
    for (const [name, value] of Object.entries(extra)) form.set(name, value);
    return { sid, form };
  }

  /** medium: { type, bytes, redirect? (where the answer leads instead of the store) }. */
  addMedia(parent, medium) {
    const id = newSid('ME');
    this.media.set(id, { parent, ...medium });
    this.store.files.set(`/${id}`, medium);
    return id;
  }

  /** A person writes; the webhook is posted. */
  async say(phone, body, options) {
    const said = this.hear(phone, body, options);
    return { ...said, answer: await this.post(said.form) };
  }

  voice(phone, bytes = Buffer.from('OggS…'), options = {}) {
    return this.say(phone, '', { ...options, media: [{ type: 'audio/ogg', bytes }], extra: { MessageType: 'audio' } });
  }

  document(phone, name, bytes, type = 'application/pdf', options = {}) {
    return this.say(phone, name, { ...options, media: [{ type, bytes }], extra: { MessageType: 'document' } });
  }

  button(phone, words, payload, options = {}) {
    return this.say(phone, words, { ...options, extra: { MessageType: 'button', ButtonText: words, ButtonPayload: payload, ButtonType: 'QUICK_REPLY' } });
  }

  /** Posts a form to the webhook, signed for its public address (or with what options say). */
  post(form, { url = this.webhook.public + WEBHOOK_PATH, signature, headers = {} } = {}) {
    const body = form.toString();
    const signed = signature ?? sign(this.token, url, form);
    return this.call(url, {
      body,
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8', 'User-Agent': 'TwilioProxy/1.1', Accept: '*/*',
        'I-Twilio-Idempotency-Token': crypto.randomUUID(), ...(signed && { 'X-Twilio-Signature': signed }), ...headers,
      },
    });
  }

  /** Reports how far a message of ours has come. */
  report(sid, status, { code, extra = {} } = {}) {
    const message = this.messages.get(sid);
    const word = status === 'failed' && code ? 'undelivered' : status;
    Object.assign(message, { status: word, date_updated: rfc2822(this.now()) });
    if (code) Object.assign(message, { error_code: code, error_message: TEXT_OF_CODE[code] ?? null });
    if (word === 'sent') message.date_sent = rfc2822(this.now());
    const url = this.callbacks.get(sid);
    return url ? this.post(this.reportForm(sid, word, { code, extra }), { url }) : undefined;
  }

  reportForm(sid, word, { code, extra = {} } = {}) {
    const message = this.messages.get(sid);
    return new URLSearchParams({
      ChannelToAddress: `${bare(message.to).slice(0, -4)}XXXX`, ChannelPrefix: 'whatsapp', MessageSid: sid, SmsSid: sid, MessageStatus: word, SmsStatus: word,
      ...(code && { ErrorCode: String(code) }), EventType: word.toUpperCase(), To: message.to, From: message.from ?? `whatsapp:${this.sender}`,
      ChannelStatusMessage: '', AccountSid: this.account, ApiVersion: '2010-04-01', StructuredMessage: 'false', ...extra,
    });
  }

  // ---- what the program asks ----

  handle(entry, fault) {
    this.#trouble(entry, fault);
    if (entry.path.startsWith('/v2/')) return this.#senders(entry); // newer than the documents
    const content = entry.path.startsWith('/v1/Content');
    const services = entry.path.startsWith('/v1/Services');
    const spec = content ? this.content : services ? this.messaging : this.api;
    const isMedium = /\/Media\/ME[0-9a-f]{32}$/.test(entry.path); // the bytes: not in the document
    const wrong = spec && !isMedium ? spec.request(entry.method, entry.path, { form: entry.form }) : [];
    if (wrong.length) {
      this.violations.push(`${entry.method} ${entry.path}: ${wrong.join('; ')}`);
      throw new Refusal(400, { code: 20001, message: wrong.join('; '), more_info: 'https://www.twilio.com/docs/errors/20001', status: 400 });
    }
    const outcome = content ? this.#content(entry) : services ? this.#service(entry) : this.#route(entry);
    const hold = (answer) => this.#holdAnswer(spec, entry, isMedium, answer);
    return outcome instanceof Promise ? outcome.then(hold) : hold(outcome);
  }

  /** A stand-in that answers what Twilio would not is worse than none. */
  #holdAnswer(spec, entry, isMedium, answer) {
    const wrong = spec && !isMedium ? spec.answer(entry.method, entry.path, answer.code ?? 200, answer.body) : [];
    if (wrong.length) this.violations.push(`answer of ${entry.method} ${entry.path}: ${wrong.join('; ')}`);
    return answer;
  }

  #trouble(entry, fault) {
    const right = `Basic ${Buffer.from(`${this.account}:${this.token}`).toString('base64')}`;
    if (fault === 'busy') refuse(429, 20429, { 'Retry-After': '1' });
    if (fault === 'busy_silent') refuse(429, 20429);
    if (fault === 'unavailable') refuse(503, 20503);
    if (fault === 'suspended') refuse(403, 20005);
    if (fault === 'unauthorized' || entry.headers.authorization !== right) refuse(401, 20003);
  }

  #route(entry) {
    const where = entry.path.split('?')[0];
    const found = /^\/2010-04-01\/Accounts\/([^/.]+)(.*)$/.exec(where);
    if (!found || found[1] !== this.account) refuse(404, 20404);
    const rest = found[2];
    if (rest === '.json' && entry.method === 'GET') return { body: this.#accountBody() };
    if (rest === '/Messages.json') return entry.method === 'POST' ? this.#create(entry) : { body: this.#list(entry) };
    const one = /^\/Messages\/([^/.]+)(.*)$/.exec(rest);
    const message = one && this.messages.get(one[1]);
    if (!message) refuse(404, 20404);
    if (one[2] === '.json') return this.#one(entry, message);
    return this.#mediaOf(entry, message, one[2]);
  }

  #accountBody() {
    const uri = `/2010-04-01/Accounts/${this.account}.json`;
    return {
      sid: this.account, auth_token: null, date_created: rfc2822(0), date_updated: rfc2822(0), friendly_name: 'Clinique', owner_account_sid: this.account,
      status: this.accountStatus, subresource_uris: { messages: uri.replace('.json', '/Messages.json') }, type: 'Full', uri,
    };
  }

  #one(entry, message) {
    if (entry.method === 'GET') return { body: message };
    if (entry.method === 'DELETE') {
      this.messages.delete(message.sid);
      return { code: 204 };
    }
    if (entry.form.get('Body') === '') message.body = ''; // forgets the words
    return { body: message };
  }

  #mediaBody(id, { parent, type }) {
    return {
      sid: id, parent_sid: parent, account_sid: this.account, content_type: type, date_created: rfc2822(this.now()), date_updated: rfc2822(this.now()),
      uri: `/2010-04-01/Accounts/${this.account}/Messages/${parent}/Media/${id}.json`,
    };
  }

  #mediaOf(entry, message, rest) {
    const all = [...this.media].filter(([, medium]) => medium.parent === message.sid);
    if (rest === '/Media.json') return { body: { media_list: all.map(([id, medium]) => this.#mediaBody(id, medium)), ...this.#pageOf(entry, 0, all.length, PAGE_ROWS, false) } };
    const found = /^\/Media\/([^/.]+)(\.json)?$/.exec(rest);
    const medium = found && all.find(([id]) => id === found[1])?.[1];
    if (!medium) refuse(404, 20404);
    if (entry.method === 'DELETE') {
      this.media.delete(found[1]);
      this.store.files.delete(`/${found[1]}`);
      return { code: 204 };
    }
    if (found[2]) return { body: this.#mediaBody(found[1], medium) };
    if (medium.bytes?.length > MEDIA_MAX_BYTES && !medium.redirect) refuse(404, 20404);
    return { code: 307, body: '', headers: { Location: medium.redirect ?? `${this.store.url}/${found[1]}?X-Amz-Signature=0123` } };
  }

  // ---- sending ----

  #create(entry) {
    const form = entry.form ?? new URLSearchParams();
    const to = form.get('To') ?? '', from = form.get('From'), service = form.get('MessagingServiceSid');
    const whatsapp = to.startsWith('whatsapp:');
    const person = bare(to);
    if (!person) refuse(400, 21604);
    if (!/^\+[1-9]\d{7,14}$/.test(person) && !(whatsapp && /^[A-Z]{2}\.[A-Za-z0-9.]+$/.test(person))) refuse(400, 21211);
    if (!from && !service) refuse(400, 21603);
    if (service && service !== this.service) refuse(404, 20404);
    if (from && from !== (whatsapp ? `whatsapp:${this.sender}` : this.smsSender)) refuse(400, whatsapp ? 63007 : 21606);
    const outcome = this.outcomes.get(person);
    if (outcome?.at === 'answer') refuse(outcome.http ?? 400, outcome.code);
    return this.#take(form, { to, from, service, person, whatsapp, outcome });
  }

  #wordsOf(form) {
    const template = form.get('ContentSid');
    if (!template) {
      const body = form.get('Body') ?? '';
      if (!body && !form.get('MediaUrl')) refuse(400, 21602);
      if ([...body].length > BODY_MAX) refuse(400, 21617);
      return body;
    }
    const known = this.templates.get(template);
    if (!known) refuse(400, 21655);
    let values;
    try {
      values = JSON.parse(form.get('ContentVariables') ?? '{}');
    } catch {
      refuse(400, 21656);
    }
    if (Object.values(values).some((value) => typeof value !== 'string')) refuse(400, 21656);
    return known.body.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '');
  }

  #take(form, { to, from, service, person, whatsapp, outcome }) {
    const body = this.#wordsOf(form);
    const template = form.get('ContentSid');
    const sid = newSid(form.get('MediaUrl') ? 'MM' : 'SM');
    const message = this.#resource(sid, {
      body, to, from: from ?? (service ? null : from), messaging_service_sid: service, status: service ? 'accepted' : 'queued', num_media: form.get('MediaUrl') ? '1' : '0',
    });
    this.#keep(message);
    if (form.get('StatusCallback')) this.callbacks.set(sid, form.get('StatusCallback'));
    this.outbox.push({ sid, to: person, body, whatsapp, template, variables: form.get('ContentVariables'), at: this.now() });
    const answer = { code: 201, body: { ...message } };
    const before = this.reportLater(person, message, outcome ?? this.#fate(person, whatsapp, template));
    return before ? before.then(() => answer) : answer;
  }

  /** What becomes of a message that nothing else was said of. */
  #fate(person, whatsapp, template) {
    const state = template && (this.templates.get(template).status ?? 'approved');
    if (state === 'rejected') return { code: 63040 };
    if (state === 'paused') return { code: 63041 };
    if (state === 'disabled') return { code: 63042 };
    const free = !template || state !== 'approved';
    return whatsapp && free && !this.isOpen(person) ? { code: 63016 } : undefined;
  }

  // ---- lists ----

  #pageOf(entry, page, total, size, more) {
    const url = new URL(entry.path, 'http://any');
    const at = (n) => {
      const query = new URLSearchParams(url.searchParams);
      query.set('PageSize', String(size));
      query.set('Page', String(n));
      if (n) query.set('PageToken', `PASM${crypto.createHash('md5').update(String(n)).digest('hex')}`);
      return `${url.pathname}?${query}`;
    };
    const start = page * size;
    return {
      page, page_size: size, start, end: Math.max(start, Math.min(start + size, total) - 1), uri: `${url.pathname}${url.search}`, first_page_uri: at(0),
      next_page_uri: more ? at(page + 1) : null, previous_page_uri: page ? at(page - 1) : null,
    };
  }

  /** Of one address or of all. Kept by address: a list of many thousands must not hold up what is sent meanwhile. */
  #newestFirst(to) {
    if (!to) return [...this.messages.values()].reverse();
    return (this.messagesTo.get(to) ?? []).filter((m) => this.messages.has(m.sid)).reverse();
  }

  #keep(message) {
    this.messages.set(message.sid, message);
    if (!this.messagesTo.has(message.to)) this.messagesTo.set(message.to, []);
    this.messagesTo.get(message.to).push(message);
  }

  /** Newest first. */
  #list(entry) {
    const query = new URL(entry.path, 'http://any').searchParams;
    const day = (m) => new Date(m.date_sent ?? m.date_created).toISOString();
    const fits = (m) => (!query.get('To') || m.to === query.get('To')) && (!query.get('From') || m.from === query.get('From'))
      && (!query.get('DateSent') || day(m).startsWith(query.get('DateSent').slice(0, 10)))
      && (!query.get('DateSent>') || day(m) >= query.get('DateSent>')) && (!query.get('DateSent<') || day(m) <= `${query.get('DateSent<')}~`);
    const size = Number(query.get('PageSize') ?? PAGE_ROWS), page = Number(query.get('Page') ?? 0);
    const all = this.#newestFirst(query.get('To')).filter(fits);
    const more = all.length > (page + 1) * size;
    return { messages: all.slice(page * size, (page + 1) * size), ...this.#pageOf(entry, page, all.length, size, more) };
  }

  // ---- set-up ----

  /** Two a page, ours last. */
  #senders(entry) {
    const url = new URL(entry.path, 'http://any');
    if (entry.method !== 'GET' || url.pathname !== '/v2/Channels/Senders' || url.searchParams.get('Channel') !== 'whatsapp') refuse(404, 20404);
    const page = Number(url.searchParams.get('Page') ?? 0);
    const all = [['+221338240001', 'ONLINE'], ['+221338240002', 'OFFLINE'], [this.sender, this.senderStatus]].map(([number, status], i) => ({
      sid: `XE${String(i).repeat(32)}`, status, sender_id: `whatsapp:${number}`, url: `https://messaging.twilio.com/v2/Channels/Senders/XE${String(i).repeat(32)}`,
    }));
    const at = (n) => `https://messaging.twilio.com/v2/Channels/Senders?Channel=whatsapp&PageSize=2&Page=${n}`;
    const senders = all.slice(page * 2, page * 2 + 2);
    const meta = { page, page_size: 2, key: 'senders', first_page_url: at(0), previous_page_url: page ? at(page - 1) : null, url: at(page), next_page_url: page ? null : at(1) };
    return { body: { senders, meta } };
  }

  #service(entry) {
    const sid = /^\/v1\/Services\/(MG[0-9a-f]{32})$/.exec(entry.path)?.[1];
    if (entry.method !== 'GET' || !sid || sid !== this.service) refuse(404, 20404);
    return { body: { sid, account_sid: this.account, friendly_name: 'Clinique', url: `https://messaging.twilio.com/v1/Services/${sid}` } };
  }

  // ---- templates ----

  #content(entry) {
    const found = /^\/v1\/Content\/(HX[0-9a-f]{32})(\/ApprovalRequests)?$/.exec(entry.path.split('?')[0]);
    const template = found && this.templates.get(found[1]);
    if (entry.method !== 'GET' || !template) refuse(404, 20404);
    const url = `https://content.twilio.com/v1/Content/${found[1]}`;
    if (!found[2]) return { body: this.#template(found[1], template, url) };
    return {
      body: {
        sid: found[1], account_sid: this.account, url: `${url}/ApprovalRequests`,
        whatsapp: {
          type: 'whatsapp', name: template.name, category: 'UTILITY', content_type: 'twilio/text', status: template.status ?? 'approved',
          rejection_reason: '', allow_category_change: true,
        },
      },
    };
  }

  #template(sid, { name, language = 'fr', body }, url) {
    const at = '2026-01-05T08:00:00Z';
    return {
      sid, account_sid: this.account, friendly_name: name, language, variables: {}, types: { 'twilio/text': { body } }, url,
      date_created: at, date_updated: at, links: { approval_fetch: `${url}/ApprovalRequests` },
    };
  }
}

module.exports = { SPECS, Twilio, WEBHOOK_PATH, newSid, sign };
if (require.main === module) main(Twilio);
