'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { aPatient, run, tempDir, withServer } = require('./harness.js');

const server = withServer(test);
const IMPORT = '/api/patients/import/';

async function imported(text, dryRun = false, { status = 200 } = {}) {
  const form = new FormData();
  form.append('dry_run', String(dryRun));
  form.append('file', new Blob([text], { type: 'text/csv' }), 'patients.csv');
  const response = await fetch(server.url + IMPORT, { method: 'POST', body: form, headers: { Authorization: `Token ${server.token}` } });
  const body = await response.json();
  assert.equal(response.status, status, JSON.stringify(body));
  return body;
}

const actions = (outcome) => outcome.results.map((r) => r.action);

test('a list in French is looked at, taken, and changes nothing the second time', async () => {
  const list = 'Prénom;Nom;Téléphone;Date de naissance;Sexe;Langue;Étiquettes;Remarque\r\n'
    + 'Awa;Diop;77 900 10 01;05/03/1980;Femme;wolof;"diabète, suivi";x\r\n\r\n'
    + 'Jean;"Du ""Pont"", fils";+221779001002;1975-12-31;h;français;;\r\n';
  const dry = await imported(list, true);
  assert.deepEqual(actions(dry), ['make', 'make']);
  assert.deepEqual(dry.ignored_columns, ['Remarque']);
  assert.equal((await server.must(200, 'GET', '/api/patients/?search=diop&tag=suivi')).count, 0, 'nothing was written');
  const done = await imported(list);
  assert.deepEqual([done.made, done.updated, done.refused], [2, 0, 0]);
  const awa = await server.must(200, 'GET', `/api/patients/${done.results[0].patient}/`);
  assert.equal(awa.phone, '+221779001001');
  assert.equal(awa.date_of_birth, '1980-03-05');
  assert.deepEqual([awa.gender, awa.language, awa.status], ['F', 'wo', 'pending']);
  assert.deepEqual(awa.tags, ['diabète', 'suivi']);
  assert.equal((await server.must(200, 'GET', `/api/patients/${done.results[1].patient}/`)).last_name, 'Du "Pont", fils');
  assert.match((await server.simulator.next(awa.phone)).body, /confirm-/);
  assert.deepEqual(actions(await imported(list)), ['unchanged', 'unchanged']);
});

test('rows that cannot be taken say why, with their line, and keep no other back', async () => {
  await server.must(201, 'POST', '/api/patients/', aPatient({ first_name: 'Moussa', last_name: 'Sow', phone: '+221779002001' }));
  const outcome = await imported('first_name,last_name,phone,date_of_birth,gender\n'
    + 'Fatou,Ba,779002002,1990-02-30,F\n,Ba,779002003,,\nFatou,Ba,12,,X\nAutre,Nom,779002001,,\nFatou,Ba,779002004,,\nFatou,Ba,77 900 20 04,,\n');
  assert.deepEqual(actions(outcome), ['refuse', 'refuse', 'refuse', 'refuse', 'make', 'refuse']);
  const fields = outcome.results.map((r) => r.errors.map((e) => e.field).sort());
  assert.deepEqual(fields, [['date_of_birth'], ['first_name'], ['gender', 'phone'], ['phone'], [], ['phone']]);
  assert.deepEqual(outcome.results.map((r) => r.line), [2, 3, 4, 5, 6, 7]);
  assert.match(outcome.results[3].errors[0].message, /autre nom/);
  assert.ok(outcome.results.every((r) => r.errors.every((e) => e.message)));
});

test('what a known person lacks is completed, what the list does not say stays', async () => {
  const made = await server.must(201, 'POST', '/api/patients/', aPatient({ first_name: 'Ndèye', last_name: 'Sarr', phone: '+221779003001', allergies: 'Aspirine' }));
  const outcome = await imported('Nom,Prénom,Tel,Adresse,Allergies\nSARR,Ndeye,00221779003001,Rue 12,\n');
  assert.deepEqual(actions(outcome), ['update']);
  const now = await server.must(200, 'GET', `/api/patients/${made.id}/`);
  assert.deepEqual([now.first_name, now.last_name, now.address, now.allergies], ['Ndèye', 'Sarr', 'Rue 12', 'Aspirine']);
});

test('a list of an older spreadsheet, in Windows-1252, is read', async () => {
  const outcome = await imported(Buffer.from('Pr\xe9nom;Nom;T\xe9l\nA\xefssatou;N\x92Diaye;77 900 40 01\n', 'latin1'));
  assert.equal(outcome.results[0].first_name, 'Aïssatou');
  assert.equal(outcome.results[0].last_name, 'N’Diaye');
});

test('a file that is no list is refused as a whole, and nothing of it stays', async () => {
  assert.equal((await imported('', true, { status: 400 })).code, 'csv_empty');
  assert.equal((await imported('a,b\n1,2\n', true, { status: 400 })).code, 'csv_columns');
  assert.equal((await imported(Buffer.from([0x50, 0x4b, 3, 4, 0, 0x81, 0]), true, { status: 400 })).code, 'csv_not_text');
  const broken = 'Prénom,Nom,Téléphone\nPerdue,Ligne,77 900 50 01\nB,"C,77 900 50 02\n';
  assert.equal((await imported(broken, false, { status: 400 })).code, 'csv_quote');
  assert.equal((await server.must(200, 'GET', '/api/patients/?search=perdue')).count, 0);
  const many = 'Prénom,Nom,Téléphone\n' + 'A,B,1\n'.repeat(5001);
  assert.equal((await imported(many, true, { status: 400 })).code, 'csv_too_many_rows');
  await imported('x'.repeat(4 * 1024 * 1024 + 1), true, { status: 413 });
});

test('the list goes out as CSV without formulas, and comes back unchanged', async () => {
  await server.must(201, 'POST', '/api/patients/', aPatient({ first_name: '=HYPERLINK("x")', last_name: 'Formule', phone: '+221779006001', tags: ['export', 'a"b'] }));
  const answer = await server.api('GET', '/api/patients/export/?tag=export', undefined, { record: false });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^text\/csv/);
  assert.match(answer.headers.get('content-disposition'), /patients\.csv/);
  const text = answer.bytes.toString('utf8');
  assert.match(text, /"'=HYPERLINK\(""x""\)","Formule","'\+221779006001"/);
  assert.equal(text.trim().split('\r\n').length, 2);
  assert.deepEqual(actions(await imported(answer.bytes)), ['unchanged']);
});

test('the same list on the command line: looked at, taken while the server runs, refusals by line', async () => {
  const file = path.join(tempDir(), 'liste.csv');
  fs.writeFileSync(file, 'Prénom;Nom;Téléphone;Date de naissance\nCoumba;Ly;78 321 40 01;01/02/1990\nSans;Numéro;;\nNdèye;"Sy";78 321 40 02;31/02/1990\nCoumba;Ly;78 321 40 01;\n');
  const command = (...args) => run(['import', ...args], { dataDir: server.dataDir, env: server.env });
  const looked = await command('--dry-run', file);
  assert.equal(looked.code, 1, 'lines are refused');
  assert.deepEqual(looked.stdout.trim().split('\n').map((l) => l.split('\t')[0]), ['3', '4', '5']);
  assert.match(looked.stdout, /^4\tdate_of_birth : /m);
  assert.match(looked.stderr, /Rien n’est écrit.*1 nouveaux.*3 refusés/);
  assert.match(looked.stderr, /lecture de la liste: 100 %/);
  assert.equal((await server.must(200, 'GET', '/api/patients/?phone=%2B221783214001')).count, 0);
  const done = await command(file);
  assert.match(done.stderr, /Fait : 1 nouveaux/);
  assert.match((await server.simulator.next('+221783214001')).body, /confirm-/, 'the running server invites');
  assert.match((await command(file)).stderr, /0 nouveaux, 0 modifiés, 1 inchangés, 3 refusés/);
  fs.writeFileSync(file, 'Prénom;Nom\nA;B\n');
  const headless = await command(file);
  assert.equal(headless.code, 1);
  assert.match(headless.stderr, /Prénom, Nom et Téléphone/);
  assert.equal((await command('/nulle/part.csv')).code, 1);
  assert.equal((await command()).code, 2);
});

test('5,000 rows are taken at once', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => `Nombre,Cinqmille${i},+22170${String(1000000 + i)}`);
  const outcome = await imported(`Prénom,Nom,Téléphone\n${rows.join('\n')}\n`);
  assert.equal(outcome.made, 5000);
});
