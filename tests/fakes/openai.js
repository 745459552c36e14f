'use strict';
/*
 * openai -- stands in for a server that speaks OpenAI's API (llama.cpp, Ollama, vLLM, OpenAI): /chat/completions, /embeddings, /models.
 *
 *   const { OpenAI } = require('../fakes/openai.js');
 *   const openai = await new OpenAI().start();
 *   env: { LLM: 'openai', OPENAI_BASE_URL: `${openai.url}/v1`, OPENAI_MODEL: 'a-model', EMBEDDER: 'openai', OPENAI_EMBED_MODEL: 'b-model' }
 *   openai.reply = (body) => ({ answer: '…' });     // what the model writes: an object (as JSON), or a text as it is
 *   openai.fault('unavailable', 'cut');             // see service.js for the general ones, and below
 *
 * or, by hand:   node tests/fakes/openai.js 8101
 *
 * key: set to a text, it is asked for as "Authorization: Bearer …". plain: true refuses response_format json_schema with 400, as older
 * servers do. dimensions: of the vectors (384), which are bags of words of no particular length.
 *
 * Faults:
 *   length_empty, length_cut    finish_reason "length", without a text or with half of it
 *   content_filter, refusal     the answer was refused
 *   thinking                    <think>…</think> stands before the JSON
 *   fenced                      the JSON stands between ``` fences
 *   not_json                    prose in place of JSON
 *   busy                        429 with Retry-After: 1
 *   busy_bare                   429 without
 *   no_money                    429 insufficient_quota
 *   unavailable, internal       503, 500
 *   key_invalid, no_model       401, 404
 *   one_vector_less, mixed_lengths, shuffled, zero_vector, nan_vector (NaN as Python writes it: no JSON)
 */
const { Refusal, Service, bagOfWords, main, smallest } = require('./service.js');

const CHAT = ['model', 'messages', 'response_format', 'max_tokens', 'max_completion_tokens', 'temperature', 'top_p', 'seed', 'stream', 'stop', 'n'];
const EMBEDDINGS = ['model', 'input', 'encoding_format', 'dimensions', 'user'];

function refuse(code, message, error, headers) {
  throw new Refusal(code, { error: { message, type: 'invalid_request_error', code: error ?? null } }, headers);
}

function checkKnown(body, known) {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) refuse(400, 'We could not parse the JSON body of your request.');
  for (const name of Object.keys(body)) if (!known.includes(name)) refuse(400, `Unrecognized request argument supplied: ${name}`);
  if (typeof body.model !== 'string' || !body.model) refuse(400, 'you must provide a model parameter');
}

function checkMessages(messages) {
  if (!Array.isArray(messages) || messages.length === 0) refuse(400, "'messages' must not be empty");
  for (const { role, content, ...rest } of messages) {
    if (!['system', 'user', 'assistant'].includes(role) || typeof content !== 'string') refuse(400, 'a message has a role and a content');
    if (Object.keys(rest).length) refuse(400, `Unrecognized member of a message: ${Object.keys(rest)[0]}`);
  }
}

function checkFormat(format, plain, messages) {
  if (!format) return {};
  if (format.type === 'json_object') {
    if (!messages.some(({ content }) => /json/i.test(content))) refuse(400, "'messages' must contain the word 'json' to use json_object");
    return {};
  }
  if (format.type !== 'json_schema' || plain) refuse(400, `response_format.type must be json_object, not ${format.type}`);
  const { name, schema, strict } = format.json_schema ?? {};
  if (!/^[\w-]{1,64}$/.test(name ?? '') || typeof schema !== 'object') refuse(400, 'json_schema needs a name and a schema');
  if (strict !== undefined && typeof strict !== 'boolean') refuse(400, 'strict is true or false');
  return schema;
}

const TROUBLES = {
  busy: () => refuse(429, 'Rate limit reached', 'rate_limit_exceeded', { 'Retry-After': '1' }),
  busy_bare: () => refuse(429, 'Rate limit reached', 'rate_limit_exceeded'),
  no_money: () => refuse(429, 'You exceeded your current quota, please check your plan and billing details.', 'insufficient_quota'),
  unavailable: () => refuse(503, 'Loading model', 'unavailable_error'),
  internal: () => refuse(500, 'The server had an error'),
  key_invalid: () => refuse(401, 'Incorrect API key provided', 'invalid_api_key'),
  no_model: () => refuse(404, 'The model does not exist', 'model_not_found'),
};

/** The choice of an answer, by fault. */
const CHOICES = {
  length_empty: () => ({ message: { role: 'assistant', content: '' }, finish_reason: 'length' }),
  length_cut: (text) => ({ message: { role: 'assistant', content: text.slice(0, -2) }, finish_reason: 'length' }),
  content_filter: (text) => ({ message: { role: 'assistant', content: text.slice(0, 9) }, finish_reason: 'content_filter' }),
  refusal: () => ({ message: { role: 'assistant', content: null, refusal: "I'm sorry, I can't." }, finish_reason: 'stop' }),
  thinking: (text) => stop(`<think>\nLet me see {"x"}\n</think>\n\n${text}`),
  fenced: (text) => stop(`\`\`\`json\n${text}\n\`\`\``),
  not_json: () => stop('Bonjour, voici la réponse.'),
};

function stop(content) {
  return { message: { role: 'assistant', content }, finish_reason: 'stop' };
}

const VECTORS = {
  one_vector_less: (list) => list.slice(1),
  mixed_lengths: (list) => list.map((v, i) => (i ? { ...v, embedding: v.embedding.slice(1) } : v)),
  shuffled: (list) => [...list].reverse(),
  zero_vector: (list) => list.map((v) => ({ ...v, embedding: v.embedding.map(() => 0) })),
};

class OpenAI extends Service {
  constructor() {
    super();
    this.reply = null; // (body) => what the model writes
    this.key = '';
    this.plain = false;
    this.dimensions = 384;
  }

  #chat(body, fault) {
    checkKnown(body, CHAT);
    checkMessages(body.messages);
    const schema = checkFormat(body.response_format, this.plain, body.messages);
    const written = this.reply ? this.reply(body) : smallest(schema);
    const text = typeof written === 'string' ? written : JSON.stringify(written);
    return {
      id: `chatcmpl-${this.requests.length}`, object: 'chat.completion', created: 0, model: `${body.model}-fake`,
      choices: [{ index: 0, ...(CHOICES[fault] ?? stop)(text) }],
      usage: { prompt_tokens: Math.ceil(JSON.stringify(body.messages).length / 4), completion_tokens: Math.ceil(text.length / 4), total_tokens: 0 },
    };
  }

  #embed(body, fault) {
    checkKnown(body, EMBEDDINGS);
    const inputs = [body.input].flat();
    if (inputs.length === 0 || !inputs.every((text) => typeof text === 'string' && text)) refuse(400, 'input is empty');
    if (![undefined, 'float'].includes(body.encoding_format)) refuse(400, 'this stand-in answers floats only');
    const list = inputs.map((text, index) => ({ object: 'embedding', index, embedding: bagOfWords(text, this.dimensions) }));
    const answer = {
      object: 'list', data: (VECTORS[fault] ?? ((same) => same))(list), model: body.model,
      usage: { prompt_tokens: Math.ceil(JSON.stringify(inputs).length / 4), total_tokens: 0 },
    };
    return fault === 'nan_vector' ? JSON.stringify(answer).replace(/"embedding":\[-?\d+/, '"embedding":[NaN') : answer;
  }

  handle(entry, fault) {
    const { pathname } = new URL(entry.path, 'http://fake');
    if (this.key && entry.headers.authorization !== `Bearer ${this.key}`) TROUBLES.key_invalid();
    TROUBLES[fault]?.();
    if (entry.method === 'GET' && pathname === '/v1/models') {
      return { body: { object: 'list', data: [{ id: 'a-model', object: 'model' }, { id: 'b-model', object: 'model' }] } };
    }
    if (entry.method !== 'POST') refuse(404, 'Not found');
    if (!/^application\/json/.test(entry.headers['content-type'] ?? '')) refuse(400, 'Content-Type must be application/json');
    if (entry.body === undefined) refuse(400, 'We could not parse the JSON body of your request.');
    if (pathname === '/v1/chat/completions') return { body: this.#chat(entry.body, fault) };
    if (pathname === '/v1/embeddings') return { body: this.#embed(entry.body, fault) };
    return refuse(404, 'Not found');
  }
}

module.exports = { OpenAI };
if (require.main === module) main(OpenAI);
