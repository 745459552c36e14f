import type { Words } from '@/lib/i18n';
import type fr from '../fr/waiting';

const en: Words<typeof fr> = {
  waiting: (n) => (n === 1 ? '1 conversation is waiting' : `${n} conversations are waiting`),
  danger: (n) => (n === 1 ? '1 of them with a sign of danger' : `${n} of them with a sign of danger`),
};
export default en;
