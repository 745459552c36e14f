import type { Words } from '@/lib/i18n';
import type fr from '../fr/shell';

const en: Words<typeof fr> = {
  nav: {
    today: 'Today',
    patients: 'Patients',
    messages: 'Messages',
    conversations: 'Conversations',
    documents: 'Documents',
    analytics: 'Analytics',
    settings: 'Settings',
    more: 'More',
  },
  mainNavigation: 'Main navigation',
  toolbar: 'Search and account',
  skip: 'Skip to content',
  search: 'Find a patient',
  account: 'Account',
  away: 'The server does not answer.',
  awayHelp: 'You are reading what you had opened; what you typed stays here, and it is tried again by itself.',
  tryNow: 'Try now',
  roles: { admin: 'Administration', doctor: 'Doctor', nurse: 'Nursing', service: 'Service' },
  pageFailed: 'This page met an error',
  pageFailedHelp: 'The rest works. Reload the page; if it happens again, tell the administrator.',
  reload: 'Reload the page',
};
export default en;
