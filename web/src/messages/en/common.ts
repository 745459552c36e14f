import type { Words } from '@/lib/i18n';
import type fr from '../fr/common';

const en: Words<typeof fr> = {
  cancel: 'Cancel',
  close: 'Close',
  undo: 'Undo',
  save: 'Save',
  copy: 'Copy',
  copied: 'Copied',
  delete: 'Delete',
  edit: 'Edit',
  optional: 'optional',
  add: 'Add',
  addTo: (label) => `Add to “${label}”`,
  removeOne: (what) => `Remove ${what}`,
  sort: 'Sort',
  previous: 'Previous',
  next: 'Next',
  pages: 'Pages of the list',
  range: (from, to, count) => `${from} to ${to} of ${count}`,
  notice: 'Notice',
  notices: 'Notices',
  draftRestored: 'What you typed and had not saved is back.',
  startAfresh: 'Start afresh',
  leaveUnsaved: 'What you typed is not saved. Leave this page?',
  leave: 'Leave without saving',
  stay: 'Stay',
  leaveHelp: 'A copy stays on this device and is offered when you come back.',
  languages: { fr: 'French', en: 'English', wo: 'Wolof' },
};
export default en;
