import type { Words } from '@/lib/i18n';
import type fr from '../fr/patient-picker';

const en: Words<typeof fr> = {
  unnamed: (id) => `Patient no. ${id}`,
  findPatient: 'Find a patient',
  findHint: 'Name or telephone, two letters at least.',
  finding: 'Searching …',
  foundNone: 'No patient matches.',
  findFailed: 'The search failed. Try again.',
  found: (n) => (n === 1 ? '1 patient found' : `${n} patients found`),
  change: 'Choose another patient',
};
export default en;
