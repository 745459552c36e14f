'use strict';
/*
 * openapi -- holds requests and answers against an OpenAPI document (3.0, JSON), as far as the stand-ins need it.
 *
 *   const spec = OpenApi.load(file);                 // null when the file is not there
 *   spec.request('POST', '/2010-04-01/Accounts/AC…/Messages.json', { form })     // [] or what is wrong, in words
 *   spec.answer('POST', '/2010-04-01/…', 201, body)
 *
 * Members that the document does not know are wrong, in requests and in answers.
 */
const fs = require('node:fs');

const FORMATS = {
  'date-time-rfc-2822': /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d \+0000$/,
  'date-time': /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$/,
  'phone-number': /^((whatsapp:)?\+[1-9]\d{6,14}|(whatsapp:)?[A-Z]{2}\.[A-Za-z0-9.]{1,136})$/, // a person who hides the number has a name
};

const kindOf = (value) => (Array.isArray(value) ? 'array' : value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value);

class OpenApi {
  constructor(document) {
    this.document = document;
    this.paths = Object.keys(document.paths).map((path) => ({
      path, shape: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+?)')}$`),
    })).sort((a, b) => a.path.split('{').length - b.path.split('{').length); // the more certain first
  }

  static load(file) {
    return fs.existsSync(file) ? new OpenApi(JSON.parse(fs.readFileSync(file))) : null;
  }

  #resolve(schema) {
    if (!schema?.$ref) return schema ?? {};
    return this.#resolve(schema.$ref.slice(2).split('/').reduce((at, name) => at[name], this.document));
  }

  #operation(method, where) {
    const pathname = where.split('?')[0];
    for (const { path, shape } of this.paths) {
      const found = shape.exec(pathname);
      const operation = found && this.document.paths[path][method.toLowerCase()];
      if (operation) return { operation, names: found.groups ?? {}, common: this.document.paths[path].parameters ?? [] };
    }
    return null;
  }

  /** What is wrong with a value, each as "where: why". */
  check(schemaOrRef, value, at = '') {
    const schema = this.#resolve(schemaOrRef);
    if (value === null) return schema.nullable || !schema.type ? [] : [`${at}: null`];
    const kind = kindOf(value);
    if (schema.type && kind !== schema.type && !(schema.type === 'number' && kind === 'integer')) return [`${at}: ${kind} and not ${schema.type}`];
    if (kind === 'object') return this.#checkMembers(schema, value, at);
    if (kind === 'array') return value.flatMap((item, i) => this.check(schema.items, item, `${at}[${i}]`));
    const wrong = [];
    if (schema.enum && !schema.enum.includes(value)) wrong.push(`${at}: ${value} is none of ${schema.enum.join(', ')}`);
    if (kind === 'string') {
      if (schema.pattern && !new RegExp(schema.pattern).test(value)) wrong.push(`${at}: ${value} is not like ${schema.pattern}`);
      if (value && FORMATS[schema.format] && !FORMATS[schema.format].test(value)) wrong.push(`${at}: ${value} is no ${schema.format}`);
      if (value && schema.format === 'uri' && !/^(https?:\/\/|\/)[^\s]+$/.test(value)) wrong.push(`${at}: ${value} is no address`);
    }
    if (schema.minimum !== undefined && value < schema.minimum) wrong.push(`${at}: ${value} is less than ${schema.minimum}`);
    if (schema.maximum !== undefined && value > schema.maximum) wrong.push(`${at}: ${value} is more than ${schema.maximum}`);
    return wrong;
  }

  #checkMembers(schema, value, at) {
    if (!schema.properties) return [];
    const wrong = (schema.required ?? []).filter((name) => !(name in value)).map((name) => `${at}.${name}: missing`);
    for (const [name, member] of Object.entries(value)) {
      if (!(name in schema.properties)) wrong.push(`${at}.${name}: not known`);
      else wrong.push(...this.check(schema.properties[name], member, `${at}.${name}`));
    }
    return wrong;
  }

  /** Texts of a query or a form, as the schema has them. */
  #typed(schemaOrRef, texts) {
    const schema = this.#resolve(schemaOrRef);
    if (schema.type === 'array') return texts;
    if (texts.length > 1) return texts; // once too often: check() says so
    if (schema.type === 'integer' || schema.type === 'number') return Number(texts[0]);
    return schema.type === 'boolean' ? texts[0] === 'true' : texts[0];
  }

  #checkParameters(found, where) {
    const query = new URL(where, 'http://any').searchParams;
    const known = [...found.common, ...(found.operation.parameters ?? [])];
    const wrong = [...new Set(query.keys())].filter((name) => !known.some((p) => p.in === 'query' && p.name === name)).map((name) => `?${name}: not known`);
    for (const { name, in: place, schema, required } of known) {
      const texts = place === 'query' ? query.getAll(name) : place === 'path' ? [found.names[name]] : [];
      if (texts.length) wrong.push(...this.check(schema, this.#typed(schema, texts), name));
      else if (required) wrong.push(`${name}: missing`);
    }
    return wrong;
  }

  #checkForm(schemaOrRef, form) {
    const schema = this.#resolve(schemaOrRef);
    const names = [...new Set(form.keys())];
    return this.#checkMembers(schema, Object.fromEntries(names.map((name) => [name, this.#typed(schema.properties[name], form.getAll(name))])), '');
  }

  /** form: URLSearchParams, of a POST with a form. */
  request(method, where, { form } = {}) {
    const found = this.#operation(method, where);
    if (!found) return [`${method} ${where.split('?')[0]}: no such operation`];
    const wrong = this.#checkParameters(found, where);
    const content = found.operation.requestBody?.content?.['application/x-www-form-urlencoded'];
    if (form && content) wrong.push(...this.#checkForm(content.schema, form));
    return wrong;
  }

  answer(method, where, code, body) {
    const found = this.#operation(method, where);
    const answer = found?.operation.responses[code];
    if (!answer) return [`${method} ${where.split('?')[0]}: ${code} is no answer of it`];
    const schema = answer.content?.['application/json']?.schema;
    return schema ? this.check(schema, body, 'answer') : [];
  }
}

module.exports = { OpenApi };
