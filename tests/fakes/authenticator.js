'use strict';
/*
 * authenticator -- the application on a telephone that makes one-time codes (RFC 6238: SHA-1, six digits, 30 s).
 *
 *   codeOf(secret);                  // of now; codeOf(secret, -1): of 30 s ago
 *   await freshCode(secret, used);   // one that the server takes after `used`: of now, or of the next 30 s, which it takes too
 */
const { createHmac } = require('node:crypto');

const STEP_MS = 30_000;

function fromBase32(text) {
  const bits = [...text].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

function codeOf(secret, steps = 0, now = Date.now()) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP_MS) + steps));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function freshCode(secret, used) {
  const now = codeOf(secret);
  return now === used ? codeOf(secret, 1) : now;
}

module.exports = { codeOf, freshCode };
