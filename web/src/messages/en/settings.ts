import type { Words } from '@/lib/i18n';
import type fr from '../fr/settings';

const en: Words<typeof fr> = {
  title: 'Settings',
  lead: 'What the clinic decides once, and checks from time to time.',
  pages: 'Pages of the settings',
  templates: 'WhatsApp templates',
  templatesHelp: 'The approved texts that invite a patient, or tell of news after 24 hours of silence.',
  quality: 'Quality of answers',
  qualityHelp: 'Questions whose right answer you know, put to the assistant whenever you want.',
};

export default en;
