'use strict';
/*
 * pinecone -- stands in for Pinecone (version 2026-04): its control plane and one index, exact by cosine.
 *
 *   const { Pinecone } = require('../fakes/pinecone.js');
 *   const pinecone = await new Pinecone().start();
 *   env: { VECTOR_STORE: 'pinecone', PINECONE_API_KEY: 'a-key', PINECONE_INDEX_NAME: 'dossier', PINECONE_API_BASE_URL: pinecone.url }
 *   pinecone.namespaces                             // Map of name -> Map of id -> numbers
 *   pinecone.fault('busy', 'cut');                  // see service.js for the general ones, and below
 *
 * or, by hand:   node tests/fakes/pinecone.js 8102
 *
 * dimension (768), metric ('cosine'), state ('Ready'), index ('dossier'), key ('a-key') can be set. lag: true makes what is written
 * invisible to query and list until settle(). pageRows (100) caps a page of a list. What the specification does not know is refused.
 *
 * Faults:
 *   busy           429 with Retry-After: 1
 *   unavailable    503
 *   internal       500
 *   unauthorized   401, plain text
 *   no_money       402
 *   not_ready      the index is there and cannot be used yet
 */
const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');

const { Refusal, Service, main } = require('./service.js');

const SPECS = path.resolve(__dirname, '..', '..', '..', 'shared', 'data', 'specs', 'pinecone', '2026-04');
const BODY_BYTES_MAX = 2 * 1024 * 1024;
const AT_ONCE_MAX = 1000;
const TOP_K_MAX = 10000;

/* Members that each request may have; the test of the stand-ins holds them against the specification. */
const KNOWN = {
  QueryRequest: ['namespace', 'topK', 'filter', 'includeValues', 'includeMetadata', 'vector', 'sparseVector', 'id', 'queries', 'scanFactor', 'maxCandidates'],
  UpsertRequest: ['vectors', 'namespace'],
  Vector: ['id', 'values', 'sparseValues', 'metadata'],
  DeleteRequest: ['ids', 'deleteAll', 'namespace', 'filter'],
  DescribeIndexStatsRequest: ['filter'],
};
const QUERIES = {
  '/vectors/list': ['prefix', 'limit', 'paginationToken', 'namespace'],
  '/namespaces': ['limit', 'paginationToken', 'prefix'],
};

/* The data plane speaks as gRPC does. */
const GRPC = { 400: 3, 404: 5, 403: 7, 429: 8, 503: 14, 500: 13 };
function refuse(code, message, headers) {
  throw new Refusal(code, { code: GRPC[code] ?? 2, message, details: [] }, headers);
}

function refuseControl(code, error, message) {
  throw new Refusal(code, { status: code, error: { code: error, message } });
}

function checkKnown(kind, value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) refuse(400, `${kind} is no object`);
  for (const name of Object.keys(value)) if (!KNOWN[kind].includes(name)) refuse(400, `Unknown field "${name}"`);
}

function cosine(a, b) {
  let dot = 0, aa = 0, bb = 0;
  for (let i = 0; i < a.length; i += 1) {
    dot += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return dot / Math.sqrt(aa * bb);
}

/** The schemas of the data plane as the specification has them, or null when it (or what reads YAML) is not there. */
function loadSpec() {
  const file = path.join(SPECS, 'db_data_2026-04.oas.yaml');
  if (!fs.existsSync(file)) return null;
  const script = 'import json,sys,yaml; d=yaml.safe_load(open(sys.argv[1])); print(json.dumps({"schemas":d["components"]["schemas"],"paths":d["paths"]},default=str))';
  const { status, stdout } = spawnSync('/usr/bin/python3', ['-c', script, file], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return status === 0 ? JSON.parse(stdout) : null;
}

class Pinecone extends Service {
  constructor() {
    super();
    Object.assign(this, { dimension: 768, metric: 'cosine', state: 'Ready', index: 'dossier', key: 'a-key', lag: false, pageRows: 100 });
    this.namespaces = new Map();
    this.unsettled = [];
    this.lsn = 0;
  }

  /** What was written becomes visible. */
  settle() {
    for (const write of this.unsettled.splice(0)) write();
  }

  #write(change) {
    this.lsn += 1;
    if (this.lag) this.unsettled.push(change);
    else change();
    return { 'x-pinecone-request-lsn': String(this.lsn) };
  }

  /** How many vectors there are, in all. */
  get count() {
    return [...this.namespaces.values()].reduce((sum, vectors) => sum + vectors.size, 0);
  }

  #checkValues(values) {
    if (!Array.isArray(values) || !values.every(Number.isFinite)) refuse(400, 'values must be numbers');
    if (values.length !== this.dimension) {
      refuse(400, `Vector dimension ${values.length} does not match the dimension of the index ${this.dimension}`);
    }
    if (values.every((v) => v === 0)) refuse(400, 'Dense vectors must contain at least one non-zero value.');
  }

  #upsert(body) {
    checkKnown('UpsertRequest', body);
    if (!Array.isArray(body.vectors) || body.vectors.length === 0 || body.vectors.length > AT_ONCE_MAX) refuse(400, 'vectors: 1 to 1000');
    for (const vector of body.vectors) {
      checkKnown('Vector', vector);
      if (typeof vector.id !== 'string' || !/^[\x21-\x7e]{1,512}$/.test(vector.id)) refuse(400, 'id: 1 to 512 characters of ASCII');
      this.#checkValues(vector.values);
    }
    const headers = this.#write(() => {
      const name = body.namespace || '__default__';
      if (!this.namespaces.has(name)) this.namespaces.set(name, new Map());
      for (const { id, values } of body.vectors) this.namespaces.get(name).set(id, Float32Array.from(values));
    });
    return { body: { upsertedCount: body.vectors.length }, headers };
  }

  #query(body) {
    checkKnown('QueryRequest', body);
    if (!Number.isInteger(body.topK) || body.topK < 1 || body.topK > TOP_K_MAX) refuse(400, 'topK: 1 to 10000');
    this.#checkValues(body.vector);
    const matches = [...(this.namespaces.get(body.namespace || '__default__') ?? [])]
      .map(([id, values]) => ({ id, score: cosine(body.vector, values), values: [] }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, body.topK);
    return { body: { matches, namespace: body.namespace ?? '', usage: { readUnits: 1 } }, headers: { 'x-pinecone-max-indexed-lsn': String(this.lsn) } };
  }

  #delete(body) {
    checkKnown('DeleteRequest', body);
    if ([body.ids, body.deleteAll, body.filter].filter((given) => given !== undefined).length !== 1) refuse(400, 'exactly one of ids, deleteAll, filter');
    if (body.filter) refuse(400, 'this stand-in deletes by ids only');
    if (body.ids && body.ids.length > AT_ONCE_MAX) refuse(400, 'ids: at most 1000');
    const name = body.namespace || '__default__';
    if (body.deleteAll && !this.namespaces.has(name)) refuse(404, 'Namespace not found');
    const headers = this.#write(() => {
      if (body.deleteAll) this.namespaces.delete(name);
      else for (const id of body.ids) this.namespaces.get(name)?.delete(id);
    });
    return { body: {}, headers };
  }

  /** A page of sorted texts, and the token of the next one. */
  #page(all, query) {
    const limit = Math.min(Number(query.get('limit') ?? 100), this.pageRows);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) refuse(400, 'limit: 1 to 100');
    const token = query.get('paginationToken');
    const after = token ? Buffer.from(token, 'base64').toString() : null;
    const rest = all.filter((text) => text.startsWith(query.get('prefix') ?? '') && (after === null || text > after)).sort();
    const rows = rest.slice(0, limit);
    // "+", "/" and "=" stand in it: who does not encode it does not come far
    const next = rest.length > limit ? Buffer.from(rows.at(-1)).toString('base64') : null;
    return { rows, ...(next && { pagination: { next } }) };
  }

  #list(query) {
    const vectors = this.namespaces.get(query.get('namespace') || '__default__') ?? new Map();
    const { rows, pagination } = this.#page([...vectors.keys()], query);
    return { body: { vectors: rows.map((id) => ({ id })), ...(pagination && { pagination }), namespace: query.get('namespace') ?? '', usage: { readUnits: 1 } } };
  }

  #listNamespaces(query) {
    const { rows, pagination } = this.#page([...this.namespaces.keys()], query);
    return { body: { namespaces: rows.map((name) => ({ name, record_count: this.namespaces.get(name).size })), ...(pagination && { pagination }) } };
  }

  #stats() {
    const namespaces = Object.fromEntries([...this.namespaces].map(([name, vectors]) => [name, { vectorCount: vectors.size }]));
    return { body: { namespaces, dimension: this.dimension, indexFullness: 0, totalVectorCount: this.count, metric: this.metric, vectorType: 'dense' } };
  }

  #describe(name, fault) {
    if (name !== this.index) refuseControl(404, 'NOT_FOUND', `Resource ${name} not found`);
    const ready = this.state === 'Ready' && fault !== 'not_ready';
    return {
      body: {
        name, dimension: this.dimension, metric: this.metric, vector_type: 'dense', host: this.url, deletion_protection: 'disabled',
        status: { ready, state: ready ? 'Ready' : 'Initializing' }, spec: { serverless: { cloud: 'aws', region: 'us-east-1' } },
      },
    };
  }

  #trouble(fault) {
    if (fault === 'busy') refuse(429, 'Too many requests', { 'Retry-After': '1' });
    if (fault === 'unavailable') refuse(503, 'The service is currently unavailable');
    if (fault === 'internal') refuse(500, 'Internal error');
    if (fault === 'no_money') throw new Refusal(402, { status: 402, error: { code: 'PAYMENT_REQUIRED', message: 'Request failed.' } });
    if (fault === 'unauthorized') throw new Refusal(401, 'Unauthorized', { 'Content-Type': 'text/plain' });
  }

  handle(entry, fault) {
    const url = new URL(entry.path, 'http://fake');
    this.#trouble(entry.headers['api-key'] === this.key ? fault : 'unauthorized');
    if (entry.headers['x-pinecone-api-version'] !== '2026-04') refuse(400, 'X-Pinecone-Api-Version must be 2026-04');
    if (Buffer.byteLength(entry.text) > BODY_BYTES_MAX) refuse(400, 'Request size exceeds the limit of 2 MB');
    for (const name of url.searchParams.keys()) if (!QUERIES[url.pathname]?.includes(name)) refuse(400, `Unknown parameter "${name}"`);
    const index = /^\/indexes\/([^/]+)$/.exec(url.pathname);
    if (entry.method === 'GET' && index) return this.#describe(index[1], fault);
    if (entry.method === 'GET' && url.pathname === '/vectors/list') return this.#list(url.searchParams);
    if (entry.method === 'GET' && url.pathname === '/namespaces') return this.#listNamespaces(url.searchParams);
    if (entry.method !== 'POST') refuse(404, 'not found');
    if (!/^application\/json/.test(entry.headers['content-type'] ?? '')) refuse(400, 'Content-Type must be application/json');
    if (entry.body === undefined) refuse(400, 'no JSON');
    if (url.pathname === '/query') return this.#query(entry.body);
    if (url.pathname === '/vectors/upsert') return this.#upsert(entry.body);
    if (url.pathname === '/vectors/delete') return this.#delete(entry.body);
    if (url.pathname !== '/describe_index_stats') refuse(404, 'not found');
    checkKnown('DescribeIndexStatsRequest', entry.body);
    if (entry.body.filter) refuse(400, 'Serverless and Starter indexes do not support describing index stats with metadata filtering');
    return this.#stats();
  }
}

module.exports = { KNOWN, Pinecone, QUERIES, loadSpec };
if (require.main === module) main(Pinecone);
