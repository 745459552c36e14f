import type { Words } from '@/lib/i18n';
import type fr from '../fr/today';

const en: Words<typeof fr> = {
  title: 'Today',
  todo: 'To do',
  nothing: 'Nothing to do',
  nothingHelp: 'Questions without an answer, documents to check and failed messages appear here.',
  waiting: 'Somebody waits for your answer',
  failedDocument: 'Document not read',
  notices: {
    'conversation.danger': 'A patient wrote of a sign of danger',
    'conversation.doctor_wanted': 'A patient asks for a doctor',
    'conversation.unanswered': 'A conversation stays without an answer',
    'question.escalated': 'A question needs a doctor',
    'question.unanswered': 'A question stayed without an answer',
    'message.failed': 'A message did not arrive',
    'message.held': 'A message waits until the person writes',
    'message.uncertain': 'It is not known whether a message left',
    'media.received': 'A patient sent a file',
    'template.missing': 'A message waits for an approved template',
    'template.refused': 'A WhatsApp template is refused or paused',
    'patient.activated': 'A patient agreed to follow his record',
    'patient.declined': 'A patient declined the invitation',
    'patient.erasure_wanted': 'A patient asks that his record be erased',
    'access_code.locked': 'An access code is locked after too many tries',
    'channel.account': 'The carrier refuses the clinic’s account',
    'model.refused': 'The model’s service refuses our requests',
  },
  call: 'Call',
  read: 'Mark as seen',
  readDone: 'Marked as seen.',
  figures: 'In figures',
  patients: 'patients',
  open: 'conversations waiting',
  reading: 'documents being read',
  queued: 'messages to send',
};
export default en;
