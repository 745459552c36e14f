import type { Words } from '@/lib/i18n';
import type fr from '../fr/today-running';

const en: Words<typeof fr> = {
  title: 'Running',
  progressOf: (title) => `Sending ${title}`,
  sentOf: (done, total) => `${done} messages of ${total}`,
};
export default en;
