import type { Words } from '@/lib/i18n';
import type fr from '../fr/patients-import';

const en: Words<typeof fr> = {
  title: 'Import a list of patients',
  lead: 'Nothing is saved before you have seen, row by row, what is going to happen.',
  back: 'Patients',
  list: 'Your list',
  help: 'A CSV file (in the spreadsheet: Save as, CSV). The first line names the columns: First name, Last name and Phone, and if you have them Date of birth, Sex, Language, E-mail, Address, Allergies, Medications, History, Tags. At most 5,000 rows.',
  pick: 'Choose the CSV file',
  pickAnother: 'Choose another file',
  example: 'Download an example',
  exampleHead: ['First name', 'Last name', 'Phone', 'Date of birth', 'Sex', 'Language', 'Allergies', 'Tags'],
  exampleRow: ['Awa', 'Diop', '77 123 45 67', '05/03/1980', 'F', 'French', 'Penicillin', 'diabetes'],
  verb: (n) => (n === 1 ? 'Import one patient' : `Import ${n} patients`),
  willTitle: (n) => (n === 0 ? 'Nothing to import' : n === 1 ? 'One patient can be imported' : `${n} patients can be imported`),
  didTitle: (n) => (n === 0 ? 'Nothing changed' : n === 1 ? 'One patient is imported' : `${n} patients are imported`),
  summary: (made, updated, unchanged, refused) => [`${made} new`, updated > 0 && `${updated} completed`, unchanged > 0 && `${unchanged} up to date already`, refused > 0 && `${refused} refused`].filter(Boolean).join(', ') + '.',
  invites: (n) => (n === 1 ? 'The new patient will get an activation message on WhatsApp.' : `The ${n} new patients will get an activation message on WhatsApp.`),
  ignored: (names) => `Columns left aside: ${names}.`,
  rows: 'Row by row',
  line: (n) => `line ${n}`,
  columns: { line: 'Line', name: 'Name', phone: 'Telephone', will: 'What is going to happen', did: 'What happened' },
  will: { make: 'Will be created', update: 'Will be completed', unchanged: 'Up to date already', refuse: 'Will not be imported' },
  did: { make: 'Created', update: 'Completed', unchanged: 'Up to date already', refuse: 'Not imported' },
  toPatients: 'See the patients',
  fields: { first_name: 'First name', last_name: 'Last name', phone: 'Telephone', date_of_birth: 'Date of birth', gender: 'Sex', language: 'Language', email: 'E-mail', tags: 'Tags' },
};

export default en;
