import type { Words } from '@/lib/i18n';
import type fr from '../fr/simulator';

const en: Words<typeof fr> = {
  title: 'WhatsApp simulator',
  lead: 'A telephone to try the assistant as a patient. Nothing leaves for a real number.',
  settings: 'Settings',
  who: 'Who writes',
  patient: 'Patient',
  number: 'Or another number',
  numberHint: 'For example 77 123 45 67: the assistant does not know this person.',
  numberWrong: 'Write a telephone number.',
  useNumber: 'Use this number',
  notActive: 'This patient has not accepted yet: answer OUI to the invitation to activate.',
  beside: 'The same conversation on the doctor’s side:',
  toInbox: 'See the conversations',
  choose: 'Choose a patient',
  chooseHelp: 'Their telephone shows here: write a question, the answer comes with its sources on the doctor’s side.',
  phone: 'Telephone of the patient',
  clinic: 'Your clinic',
  messages: 'Messages on the telephone',
  patientSays: 'The patient:',
  clinicSays: 'The clinic:',
  sent: 'Sent',
  read: 'Read',
  typing: 'The clinic is writing…',
  empty: 'Write the first message.',
  loading: 'Loading…',
  message: 'Message',
  send: 'Send',
  attach: 'Attach a photo or a document',
  tries: 'To try',
  examples: ['What is my last prescription?', 'What is my blood sugar?', 'What are my allergies?', 'I have a strong pain in my chest and cannot breathe', 'I want to talk to the doctor', 'STOP'],
  unavailable: 'The simulator is not available',
  unavailableHelp: 'The clinic is connected to the real WhatsApp: what one would write here would go to real patients. To try it, start an installation with CHANNEL=simulator.',
};

export default en;
