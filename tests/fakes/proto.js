'use strict';
/*
 * proto -- holds a JSON value against protobuf messages by the rules of proto3's JSON: names in lowerCamelCase or as in the file, enums
 * by name, bytes in base64, unknown members refused.
 *
 * Reads the part of the .proto language that Google's APIs use: messages, enums, oneofs, maps, nested types, options. No package is installed.
 */
const fs = require('node:fs');

const SCALARS = {
  string: (v) => typeof v === 'string',
  bool: (v) => typeof v === 'boolean',
  bytes: (v) => typeof v === 'string' && /^[A-Za-z0-9+/_-]*={0,2}$/.test(v),
  double: (v) => typeof v === 'number' || ['NaN', 'Infinity', '-Infinity'].includes(v),
  int32: (v) => Number.isInteger(v) && Math.abs(v) <= 2 ** 31,
  int64: (v) => Number.isInteger(v) || (typeof v === 'string' && /^-?\d+$/.test(v)),
};
SCALARS.float = SCALARS.double;
SCALARS.uint32 = SCALARS.int32;
SCALARS.uint64 = SCALARS.int64;

const WELL_KNOWN = {
  'google.protobuf.Value': () => true,
  'google.protobuf.Struct': (v) => v !== null && typeof v === 'object' && !Array.isArray(v),
  'google.protobuf.Duration': (v) => typeof v === 'string' && /^-?\d+(\.\d+)?s$/.test(v),
  'google.protobuf.Timestamp': (v) => typeof v === 'string' && /^\d{4}-\d\d-\d\dT/.test(v),
  'google.protobuf.FieldMask': (v) => typeof v === 'string',
  'google.protobuf.Any': (v) => v !== null && typeof v === 'object',
};

const camel = (name) => name.replace(/_([a-z0-9])/g, (_, c) => c.toUpperCase());

/** Words, strings and signs, comments left out. */
function tokens(text) {
  const bare = text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, ' ');
  return bare.match(/"(?:[^"\\]|\\.)*"|[\w.]+|[^\s\w]/g) ?? [];
}

class Reader {
  constructor(types, text) {
    this.types = types;
    this.tokens = tokens(text);
    this.at = 0;
  }

  next() { return this.tokens[this.at++]; }

  skipTo(end) { while (this.next() !== end) { /* on */ } }

  /** From behind an opening bracket to its end. */
  skipBlock() { for (let depth = 1; depth > 0;) depth += { '{': 1, '}': -1 }[this.next()] ?? 0; }

  file() {
    let scope = '';
    while (this.at < this.tokens.length) {
      const word = this.next();
      if (word === 'package') { scope = this.next(); this.skipTo(';'); }
      else if (word === 'message') this.message(scope);
      else if (word === 'enum') this.enumeration(scope);
      else if (word === 'service') { this.skipTo('{'); this.skipBlock(); }
      else this.skipTo(';');
    }
  }

  enumeration(scope) {
    const values = [];
    const name = `${scope}.${this.next()}`;
    this.next();
    for (let word = this.next(); word !== '}'; word = this.next()) {
      if (word !== 'option' && word !== 'reserved') values.push(word);
      this.skipTo(';');
    }
    this.types.set(name, { values });
  }

  message(scope) {
    const name = `${scope}.${this.next()}`;
    const fields = new Map();
    this.types.set(name, { fields, scope: name });
    this.next();
    this.members(name, fields, undefined);
  }

  members(name, fields, group) {
    for (let word = this.next(); word !== '}'; word = this.next()) {
      if (word === 'message') this.message(name);
      else if (word === 'enum') this.enumeration(name);
      else if (word === 'oneof') { const one = this.next(); this.next(); this.members(name, fields, one); }
      else if (word === 'option' || word === 'reserved') this.skipTo(';');
      else if (word !== ';') this.field(word, fields, group);
    }
  }

  field(first, fields, group) {
    const field = { group };
    let type = first;
    if (type === 'optional' || type === 'repeated') {
      field.repeated = type === 'repeated';
      type = this.next();
    }
    if (type === 'map') {
      this.next(); this.next(); this.next();
      field.map = true;
      type = this.next();
      this.next();
    }
    field.type = type;
    const name = this.next();
    const from = this.at;
    this.skipTo(';');
    const rest = this.tokens.slice(from, this.at);
    const json = rest.indexOf('json_name');
    fields.set(json < 0 ? camel(name) : JSON.parse(rest[json + 2]), field);
    if (json < 0) fields.set(name, field);
  }
}

class Protos {
  constructor(files) {
    this.types = new Map();
    for (const file of files) new Reader(this.types, fs.readFileSync(file, 'utf8')).file();
  }

  /** The type that a name means within a message: the innermost scope that has it. */
  #find(name, scope) {
    for (let at = scope; at; at = at.slice(0, Math.max(at.lastIndexOf('.'), 0))) {
      const found = this.types.get(`${at}.${name}`);
      if (found) return found;
    }
    return this.types.get(name.replace(/^\./, ''));
  }

  #checkOne(type, scope, value, where, wrong) {
    const plain = SCALARS[type] ?? WELL_KNOWN[type];
    const found = plain ? null : this.#find(type, scope);
    if (plain) {
      if (!plain(value)) wrong.push(`${where} is no ${type}`);
    } else if (!found) {
      wrong.push(`${where}: there is no type ${type}`);
    } else if (found.values) {
      if (!found.values.includes(value)) wrong.push(`${where}: ${type} has no ${JSON.stringify(value)}`);
    } else {
      this.#checkMessage(found, value, where, wrong);
    }
  }

  #checkMessage(message, value, where, wrong) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      wrong.push(`${where} is no object`);
      return;
    }
    const groups = new Map();
    for (const [name, member] of Object.entries(value)) {
      const field = message.fields.get(name);
      const at = `${where}.${name}`;
      if (!field) wrong.push(`Unknown name "${name}" at '${where}'`);
      else if (field.group && groups.has(field.group)) wrong.push(`${at}: oneof ${field.group} is set twice`);
      else if (field.repeated && !Array.isArray(member)) wrong.push(`${at} is no list`);
      else if (field.repeated) member.forEach((v, i) => this.#checkOne(field.type, message.scope, v, `${at}[${i}]`, wrong));
      else if (field.map) Object.entries(member).forEach(([k, v]) => this.#checkOne(field.type, message.scope, v, `${at}.${k}`, wrong));
      else if (member !== null) this.#checkOne(field.type, message.scope, member, at, wrong);
      if (field?.group) groups.set(field.group, name);
    }
  }

  /** What is wrong with a value as JSON of a message; an empty list when nothing is. */
  check(message, value) {
    const wrong = [];
    const found = this.types.get(message);
    if (!found) throw new Error(`there is no message ${message}`);
    this.#checkMessage(found, value, 'request', wrong);
    return wrong;
  }

  /** A field that the service knows already and the files do not. */
  add(message, field, type) {
    this.types.get(message).fields.set(field, { type });
  }
}

module.exports = { Protos };
