'use strict';
/*
 * gemini -- stands in for Google's Gemini API (generativelanguage v1beta): generateContent, batchEmbedContents, embedContent, models.
 *
 *   const { Gemini } = require('../fakes/gemini.js');
 *   const gemini = await new Gemini().start();
 *   env: { GEMINI_API_KEY: 'a-key', GEMINI_API_BASE_URL: gemini.url }
 *   gemini.reply = (body) => ({ answer: '…' });     // what the model writes: an object (as JSON), or a text as it is
 *   gemini.fault('quota', 'unavailable');           // see service.js for the general ones, and below
 *
 * or, by hand:   node tests/fakes/gemini.js 8100
 *
 * Without a script the model writes the smallest JSON that fits the schema. Vectors are bags of words: of unit length from gemini-embedding-2,
 * not from gemini-embedding-001 (nor from Google's at 768). Every request is held against Google's protos when they are beside the project
 * (../shared/data/specs/gemini), else against the fields known here; what Google refuses is refused.
 *
 * Faults:
 *   blocked             the prompt was refused: 200 without candidates
 *   safety              the answer was refused: SAFETY with a part of it
 *   spii, recitation, other_reason     likewise
 *   max_tokens_empty    thinking took all the room: no text at all
 *   max_tokens_cut      the JSON ends in the middle
 *   no_candidates       200 with an empty list
 *   thought_first       a thought stands before the answer
 *   two_parts           the answer comes in two parts
 *   not_json            prose in place of JSON
 *   quota               429 with RetryInfo (retryDelay of this.retryDelay, "0.05s" unless set)
 *   quota_bare          429 without
 *   per_day             429, the quota of the day is used up
 *   unavailable, internal, deadline    503, 500, 504
 *   key_invalid, denied, retired       400 API_KEY_INVALID, 403, 404
 *   one_vector_less, short_vector, zero_vector, nan_vector
 */
const fs = require('node:fs');
const path = require('node:path');

const { Protos } = require('./proto.js');
const { Refusal, Service, bagOfWords, main, smallest, unitLength } = require('./service.js');

const PACKAGE = 'google.ai.generativelanguage.v1beta';
const SPECS = path.resolve(__dirname, '..', '..', '..', 'shared', 'data', 'specs', 'gemini', 'google', 'ai', 'generativelanguage', 'v1beta');

const BATCH_MAX = 100;
const BATCH_BYTES_MAX = 4194304;

const KNOWN = {
  GenerateContentRequest: ['model', 'contents', 'systemInstruction', 'generationConfig', 'safetySettings', 'tools', 'toolConfig', 'cachedContent'],
  Content: ['role', 'parts'],
  Part: ['text', 'inlineData', 'fileData', 'thought', 'thoughtSignature'],
  GenerationConfig: ['maxOutputTokens', 'stopSequences', 'seed', 'temperature', 'topP', 'topK', 'candidateCount', 'responseMimeType',
    'responseSchema', 'responseJsonSchema', 'thinkingConfig', 'mediaResolution'],
  ThinkingConfig: ['includeThoughts', 'thinkingBudget', 'thinkingLevel'],
  SafetySetting: ['category', 'threshold'],
  EmbedContentRequest: ['model', 'content', 'taskType', 'title', 'outputDimensionality'],
  BatchEmbedContentsRequest: ['requests'],
};

function loadProtos() {
  const files = ['generative_service', 'content', 'safety', 'model', 'retriever', 'citation'].map((name) => path.join(SPECS, `${name}.proto`));
  if (!files.every((file) => fs.existsSync(file))) return null;
  const protos = new Protos(files);
  protos.add(`${PACKAGE}.ThinkingConfig`, 'thinkingLevel', 'string'); // newer than the files
  return protos;
}

function refuse(code, status, message, details) {
  throw new Refusal(code, { error: { code, message, status, ...(details && { details }) } });
}

function invalid(message) {
  refuse(400, 'INVALID_ARGUMENT', message, [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ description: message }] }]);
}

const isList = (value) => Array.isArray(value);

/** Unknown members, by the table above. */
function checkKnown(kind, value, where = 'request') {
  if (value === undefined) return;
  if (value === null || typeof value !== 'object' || isList(value)) invalid(`${where} is no object`);
  for (const name of Object.keys(value)) if (!KNOWN[kind].includes(name)) invalid(`Unknown name "${name}" at '${where}': Cannot find field.`);
}

function checkContent(content, where) {
  checkKnown('Content', content, where);
  if (!isList(content?.parts) || content.parts.length === 0) invalid(`${where}.parts must not be empty`);
  content.parts.forEach((part, i) => checkKnown('Part', part, `${where}.parts[${i}]`));
}

function checkThinking(config, model) {
  checkKnown('ThinkingConfig', config, 'generation_config.thinking_config');
  if (!config) return;
  const { thinkingLevel: level, thinkingBudget: budget } = config;
  if (level !== undefined && !/gemini-3|-latest/.test(model)) invalid('Thinking level is not supported for this model.');
  if (budget !== undefined && !/gemini-2\.5/.test(model)) invalid('Thinking budget is not supported for this model.');
  if (level !== undefined && !['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'].includes(level)) invalid(`Invalid value at thinking_level: ${level}`);
  if (level === 'MINIMAL' && /3\.[78]-flash|pro/.test(model)) invalid('Thinking level MINIMAL is not supported for this model.');
  if (budget === 0 && /pro/.test(model)) invalid('Budget 0 is invalid. This model only works in thinking mode.');
}

function checkSafety(settings = []) {
  const seen = new Set();
  for (const setting of settings) {
    checkKnown('SafetySetting', setting, 'safety_settings');
    if (!/^HARM_CATEGORY_(HARASSMENT|HATE_SPEECH|SEXUALLY_EXPLICIT|DANGEROUS_CONTENT|CIVIC_INTEGRITY)$/.test(setting.category)) {
      invalid(`safety_settings: element predicate failed: ${setting.category}`);
    }
    if (!['BLOCK_LOW_AND_ABOVE', 'BLOCK_MEDIUM_AND_ABOVE', 'BLOCK_ONLY_HIGH', 'BLOCK_NONE', 'OFF'].includes(setting.threshold)) {
      invalid(`safety_settings: ${setting.threshold}`);
    }
    if (seen.has(setting.category)) invalid('safety_settings: one setting a category');
    seen.add(setting.category);
  }
}

function checkGeneration(body, model) {
  checkKnown('GenerateContentRequest', body);
  if (!isList(body.contents) || body.contents.length === 0) invalid('* GenerateContentRequest.contents: contents is not specified');
  body.contents.forEach((content, i) => {
    checkContent(content, `contents[${i}]`);
    if (!['user', 'model', undefined].includes(content.role)) invalid('Please use a valid role: user, model.');
  });
  if (body.contents.at(-1).role === 'model') invalid('Please ensure that the last content is of the user.');
  if (body.systemInstruction) checkContent(body.systemInstruction, 'system_instruction');
  const config = body.generationConfig;
  checkKnown('GenerationConfig', config, 'generation_config');
  checkThinking(config?.thinkingConfig, model);
  if (config?.candidateCount > 1) invalid('Multiple candidates is not enabled for this model');
  if ((config?.responseSchema || config?.responseJsonSchema) && config.responseMimeType !== 'application/json') {
    invalid('response_schema needs response_mime_type application/json');
  }
  checkSafety(body.safetySettings);
}

function checkEmbedding(body, model, where) {
  checkKnown('EmbedContentRequest', body, where);
  checkContent(body.content, `${where}.content`);
  if (body.model !== `models/${model}`) invalid(`${where}.model must be models/${model}`);
  if (body.taskType !== undefined && !/-001$/.test(model)) invalid('task_type is not supported for this model');
  if (body.title !== undefined && body.taskType !== 'RETRIEVAL_DOCUMENT') invalid('title is only for RETRIEVAL_DOCUMENT');
  const dimensions = body.outputDimensionality ?? 3072;
  if (!Number.isInteger(dimensions) || dimensions < 128 || dimensions > 3072) invalid('output_dimensionality must be from 128 to 3072');
  const text = body.content.parts.map((part) => part.text ?? '').join('');
  if (!text.trim()) invalid(`${where}.content: content is empty`);
  const values = bagOfWords(text, dimensions);
  return { values: /-001$/.test(model) && dimensions < 3072 ? values : unitLength(values) };
}

const RETRY = (delay) => ({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: delay });
const QUOTA = (id) => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [{ quotaMetric: 'generativelanguage.googleapis.com/generate_content_requests', quotaId: id, quotaValue: '20' }],
});

const TROUBLES = {
  quota: (s) => refuse(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota', [QUOTA('GenerateRequestsPerMinutePerProjectPerModel'), RETRY(s.retryDelay)]),
  quota_bare: () => refuse(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'),
  per_day: () => refuse(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota', [QUOTA('GenerateRequestsPerDayPerProjectPerModel-FreeTier'), RETRY('1s')]),
  unavailable: () => refuse(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
  internal: () => refuse(500, 'INTERNAL', 'An internal error has occurred.'),
  deadline: () => refuse(504, 'DEADLINE_EXCEEDED', 'The request timed out.'),
  key_invalid: () => refuse(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.',
    [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' }]),
  denied: () => refuse(403, 'PERMISSION_DENIED', 'Your project has been denied access.'),
  retired: () => refuse(404, 'NOT_FOUND', 'This model is no longer available to new users.'),
};

/** Candidates of an answer, by fault. */
const CANDIDATES = {
  blocked: () => ({ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } }),
  no_candidates: () => ({ candidates: [] }),
  safety: (text) => candidate([{ text: text.slice(0, 12) }], 'SAFETY'),
  spii: (text) => candidate([{ text: text.slice(0, 12) }], 'SPII'),
  recitation: () => candidate(undefined, 'RECITATION'),
  other_reason: (text) => candidate([{ text }], 'A_REASON_OF_TOMORROW'),
  max_tokens_empty: () => candidate(undefined, 'MAX_TOKENS'),
  max_tokens_cut: (text) => candidate([{ text: text.slice(0, -2) }], 'MAX_TOKENS'),
  thought_first: (text) => candidate([{ text: 'Let me think about {"it"}.', thought: true }, { text }], 'STOP'),
  two_parts: (text) => candidate([{ text: text.slice(0, text.length >> 1) }, { text: text.slice(text.length >> 1) }], 'STOP'),
  not_json: () => candidate([{ text: 'Bonjour, voici la réponse.' }], 'STOP'),
};

function candidate(parts, finishReason) {
  return { candidates: [{ index: 0, ...(parts && { content: { role: 'model', parts } }), finishReason }] };
}

const VECTORS = {
  one_vector_less: (list) => list.slice(1),
  short_vector: (list) => list.map(({ values }) => ({ values: values.slice(1) })),
  zero_vector: (list) => list.map(({ values }) => ({ values: values.map(() => 0) })),
  nan_vector: (list) => list.map(({ values }) => ({ values: ['NaN', ...values.slice(1)] })),
};

class Gemini extends Service {
  constructor() {
    super();
    this.protos = loadProtos();
    this.reply = null; // (body) => what the model writes
    this.retryDelay = '0.05s';
    this.models = null; // the names that there are; null: all but those that are retired
  }

  #checkModel(model) {
    const retired = /gemini-(1|2)\.|text-embedding-004|^embedding-001$/.test(model);
    if (this.models ? !this.models.includes(model) : retired) refuse(404, 'NOT_FOUND', `models/${model} is not found for API version v1beta`);
  }

  #checkProto(kind, body) {
    const wrong = this.protos?.check(`${PACKAGE}.${kind}`, body) ?? [];
    if (wrong.length) invalid(`Invalid JSON payload received. ${wrong.join('; ')}`);
  }

  #generate(body, model, fault) {
    this.#checkProto('GenerateContentRequest', body);
    checkGeneration(body, model);
    const written = this.reply ? this.reply(body) : smallest(body.generationConfig?.responseJsonSchema);
    const text = typeof written === 'string' ? written : JSON.stringify(written);
    const shape = CANDIDATES[fault] ?? ((said) => candidate([{ text: said }], 'STOP'));
    const count = (said) => Math.ceil(said.length / 4);
    return {
      ...shape(text),
      usageMetadata: {
        promptTokenCount: count(JSON.stringify(body.contents)), candidatesTokenCount: count(text), thoughtsTokenCount: 3,
        totalTokenCount: count(JSON.stringify(body.contents)) + count(text) + 3,
      },
      modelVersion: `${model}-fake`,
      responseId: `fake-${this.requests.length}`,
    };
  }

  #embed(entry, model, fault) {
    this.#checkProto('BatchEmbedContentsRequest', entry.body);
    checkKnown('BatchEmbedContentsRequest', entry.body);
    const requests = entry.body.requests;
    if (!isList(requests) || requests.length === 0) invalid('* BatchEmbedContentsRequest.requests: requests is empty');
    if (requests.length > BATCH_MAX) invalid('* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch');
    if (Buffer.byteLength(entry.text) > BATCH_BYTES_MAX) invalid('Request payload size exceeds the limit: 4194304 bytes.');
    const list = requests.map((request, i) => checkEmbedding(request, model, `requests[${i}]`));
    return { embeddings: (VECTORS[fault] ?? ((same) => same))(list), usageMetadata: { promptTokenCount: Math.ceil(entry.text.length / 4) } };
  }

  handle(entry, fault) {
    const url = new URL(entry.path, 'http://fake');
    const found = /^\/v1beta\/models(?:\/([^/:]+)(?::(\w+))?)?$/.exec(url.pathname);
    if (!found) refuse(404, 'NOT_FOUND', 'Requested entity was not found.');
    if (url.searchParams.has('key')) invalid('this stand-in takes the key as a header only: addresses end up in logs');
    if (!entry.headers['x-goog-api-key']) refuse(403, 'PERMISSION_DENIED', "Method doesn't allow unregistered callers.");
    TROUBLES[fault]?.(this);
    const [, model, verb] = found;
    if (model) this.#checkModel(model);
    if (entry.method === 'GET' && !verb) {
      const one = { name: `models/${model ?? 'gemini-3.5-flash-lite'}`, supportedGenerationMethods: ['generateContent'] };
      return { body: model ? one : { models: [one] } };
    }
    if (entry.method !== 'POST') refuse(404, 'NOT_FOUND', 'Requested entity was not found.');
    if (!/^application\/json/.test(entry.headers['content-type'] ?? '')) invalid('Content-Type must be application/json');
    if (entry.body === undefined) invalid('Invalid JSON payload received.');
    if (verb === 'generateContent') return { body: this.#generate(entry.body, model, fault) };
    if (verb === 'batchEmbedContents') return { body: this.#embed(entry, model, fault) };
    if (verb !== 'embedContent') refuse(404, 'NOT_FOUND', 'Requested entity was not found.');
    this.#checkProto('EmbedContentRequest', entry.body);
    return { body: { embedding: checkEmbedding(entry.body, model, 'request') } };
  }
}

module.exports = { Gemini, KNOWN, PACKAGE, loadProtos };
if (require.main === module) main(Gemini);
