'use strict';
/*
 * smtp -- a mail server that keeps what it is given and fails on demand (RFC 5321; no TLS, so that a client that insists on it goes away).
 *
 *   const smtp = await startSmtp({ user: 'u', password: 'p' });    // without: nobody has to sign in
 *   smtp.port; smtp.mails;                                         // [{ from, to: [], headers: {}, text, tls: false }]
 *   smtp.fail('rcpt 451', 'data cut', 'connect 421', 'mail 550');  // the next times, in this order
 *   await smtp.next();                                             // the next mail that comes, or one that was not taken yet
 *   await smtp.stop();
 */
const net = require('node:net');

/** Header lines and text of a mail as it came. */
function parseMail(raw) {
  const split = raw.indexOf('\r\n\r\n');
  const headers = {};
  for (const line of raw.slice(0, split).replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const body = raw.slice(split + 4);
  const text = headers['content-transfer-encoding'] === 'base64' ? Buffer.from(body, 'base64').toString('utf8') : body;
  return { headers, text };
}

/** "=?UTF-8?B?…?=" words as text. */
function decodeHeader(value) {
  return value.replace(/\?=\s+=\?/g, '?==?').replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, b64) => Buffer.from(b64, 'base64').toString('utf8'));
}

async function startSmtp({ user, password } = {}) {
  const mails = [], waiting = [], faults = [], sockets = new Set();
  let taken = 0;
  const state = { connections: 0, signedIn: 0 };

  function deliver(mail) {
    mails.push(mail);
    while (waiting.length && taken < mails.length) waiting.shift()(mails[taken++]);
  }

  /** The reply that a step has to give instead of its own: '451', 'cut' or nothing. */
  function fault(step) {
    if (!faults.length || faults[0].split(' ')[0] !== step) return null;
    return faults.shift().split(' ')[1];
  }

  const server = net.createServer((socket) => {
    let buffer = '', mail = null, data = null, signedIn = !user, asked = false; // asked: for the words of AUTH
    sockets.add(socket);
    state.connections++;
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    const say = (line) => socket.write(`${line}\r\n`);
    const step = (name, ok) => {
      const code = fault(name);
      if (code === 'cut') return socket.destroy();
      if (code) return say(`${code} made to fail`);
      return ok();
    };

    function signIn(words) {
      const given = Buffer.from(words, 'base64').toString().split('\0');
      signedIn = given[1] === user && given[2] === password;
      state.signedIn += signedIn;
      return say(signedIn ? '235 welcome' : '535 who are you');
    }

    function command(line) {
      if (asked) { asked = false; return signIn(line); }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') return step('ehlo', () => { socket.write('250-fake\r\n'); if (user) socket.write('250-AUTH PLAIN\r\n'); say('250 8BITMIME'); });
      if (verb === 'AUTH') {
        return step('auth', () => {
          const given = line.split(' ')[2];
          if (given === undefined) { asked = true; return say('334 '); }
          return signIn(given);
        });
      }
      if (verb === 'NOOP') return say('250 ok');
      if (verb === 'QUIT') { say('221 bye'); return socket.end(); }
      if (verb === 'RSET') { mail = null; return say('250 ok'); }
      if (!signedIn) return say('530 sign in first');
      if (verb === 'MAIL') return step('mail', () => { mail = { from: /<(.*?)>/.exec(line)[1], to: [] }; say('250 ok'); });
      if (verb === 'RCPT') return step('rcpt', () => { mail.to.push(/<(.*?)>/.exec(line)[1]); say('250 ok'); });
      if (verb === 'DATA') return step('data', () => { data = ''; say('354 go on'); });
      return say('502 unknown');
    }

    function endOfData() {
      const raw = data.replace(/\r\n\.\./g, '\r\n.');
      data = null;
      const complete = { ...mail, ...parseMail(raw) };
      complete.subject = decodeHeader(complete.headers.subject || '');
      const code = fault('end');
      if (code === 'cut') { deliver(complete); return socket.destroy(); } // taken over, and the answer is lost
      if (code) return say(`${code} made to fail`);
      deliver(complete);
      return say('250 taken');
    }

    socket.on('data', (chunk) => {
      buffer += chunk;
      for (;;) {
        if (data !== null) {
          const end = (data + buffer).indexOf('\r\n.\r\n');
          if (end < 0) { data += buffer; buffer = ''; return; }
          const all = data + buffer;
          data = all.slice(0, end + 2);
          buffer = all.slice(end + 5);
          endOfData();
          continue;
        }
        const nl = buffer.indexOf('\r\n');
        if (nl < 0) return;
        const line = buffer.slice(0, nl);
        buffer = buffer.slice(nl + 2);
        command(line);
      }
    });
    step('connect', () => say('220 fake'));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    mails,
    state,
    fail: (...list) => faults.push(...list),
    pending: () => faults.length,
    next: () => (taken < mails.length ? Promise.resolve(mails[taken++]) : new Promise((resolve) => waiting.push(resolve))),
    stop: () => new Promise((resolve) => { for (const s of sockets) s.destroy(); server.close(resolve); }),
  };
}

module.exports = { startSmtp };
