import type fr from '../fr/upload';
import type { Words } from '@/lib/i18n';

const en: Words<typeof fr> = {
  choose: 'Choose files',
  takePhoto: 'Take a photo',
  dropHere: 'Or drop them here.',
  dropOneHere: 'Or drop it here.',
  whatGoes: 'PDF, photo (JPEG, PNG, HEIC, WebP, TIFF) or text, at most 100 MB a file.',
  notTaken: (n) => (n === 1 ? 'One file was not taken' : `${n} files were not taken`),
  isEmpty: 'the file is empty.',
  tooLarge: (megabytes) => `it is larger than ${megabytes} MB. Send it in parts, or photograph the pages that matter.`,
  wrongKind: 'this kind of file cannot be read. Save it as PDF, or photograph it.',
  list: 'Files sent',
  queued: 'Waiting',
  received: 'Received, reading begins',
  cut: (sent) => `Connection lost. ${sent} have arrived, the rest will follow by itself.`,
  of: (sent, size) => `${sent} of ${size}`,
  progressOf: (name) => `Sending ${name}`,
  refusedHelp: 'The server refused this file.',
  again: 'Send again',
  cancel: (name) => `Stop sending ${name}`,
  hide: (name) => `Take ${name} off this list`,
  remove: (name) => `Remove ${name}`,
  summary: (open, done, refused) => [open > 0 && `${open} being sent`, done > 0 && `${done} received`, refused > 0 && `${refused} refused`].filter(Boolean).join(', '),
};

export default en;
