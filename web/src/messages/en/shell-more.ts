import type { Words } from '@/lib/i18n';
import type fr from '../fr/shell-more';

const en: Words<typeof fr> = {
  myAccount: 'My account',
  signOut: 'Sign out',
  theme: 'Appearance',
  themes: { system: 'As the device', light: 'Light', dark: 'Dark' },
  language: 'Language',
  keys: 'Keyboard shortcuts',
  keysList: [
    ['/', 'Find a patient'],
    ['?', 'Show these shortcuts'],
    ['g then a', 'Today'],
    ['g then p', 'Patients'],
    ['g then m', 'Messages'],
    ['g then c', 'Conversations'],
    ['g then d', 'Documents'],
    ['Esc', 'Close what is open'],
  ],
  sessionEnded: 'Your session has ended',
  sessionEndedHelp: 'Sign in again: the page and what you typed stay as they are.',
};
export default en;
