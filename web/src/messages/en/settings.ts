import type { Words } from '@/lib/i18n';
import type fr from '../fr/settings';

const en: Words<typeof fr> = {
  title: 'Settings',
  lead: 'What the clinic decides once, and checks from time to time.',
  groups: { assistant: 'What the assistant says', people: 'Who comes in, and what was done', running: 'How it runs' },
  entries: {
    account: { name: 'My account', help: 'Your name, your password, one-time codes, the devices in which you are signed in.' },
    users: { name: 'Accounts', help: 'Who may sign in, with which role. Invite, switch off, help who lost access.' },
    tokens: { name: 'Access tokens', help: 'The keys by which other programs speak to this one.' },
    audit: { name: 'Log', help: 'Who did what, on which record and when; the proof that nothing in it was changed.' },
    templates: { name: 'WhatsApp templates', help: 'The approved texts that invite a patient, or tell of news after 24 hours of silence.' },
    simulator: { name: 'WhatsApp simulator', help: 'A telephone to try the assistant as a patient, sending nothing.' },
    quality: { name: 'Quality of answers', help: 'Questions whose right answer you know, put to the assistant whenever you want.' },
    advice: { name: 'Advice of the clinic', help: 'The sheets that answer general questions of all patients.' },
    backups: { name: 'Backups', help: 'The last good one, its proof, and a new one on demand.' },
    clinic: { name: 'Settings of the clinic', help: 'Emergency number, quiet hours, carrier, models, backups: what you change yourself.' },
    channel: { name: 'WhatsApp and e-mail', help: 'The carrier, the address to give to it, and a test.' },
    models: { name: 'Language models', help: 'Who writes answers, a test, and what it costs.' },
    retention: { name: 'Retention', help: 'What is thrown away by age, and when.' },
    jobs: { name: 'Jobs', help: 'What the program does in the background, what waits, what it gave up and why.' },
  },
  reservedAdmins: 'For administrators',
  reservedDoctors: 'For doctors and administrators',
  reservedHelp: 'Ask the administrator of the clinic.',
};

export default en;
