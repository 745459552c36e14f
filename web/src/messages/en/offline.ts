import type { Words } from '@/lib/i18n';
import type fr from '../fr/offline';

const en: Words<typeof fr> = {
  title: 'No connection, and this page was never opened here',
  lead: 'What you opened on this device before can still be read. The rest comes back with the connection.',
  again: 'Try again',
  toToday: 'Back to today',
};
export default en;
