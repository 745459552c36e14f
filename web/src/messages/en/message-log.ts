import type { Words } from '@/lib/i18n';
import type fr from '../fr/message-log';

const en: Words<typeof fr> = {
  title: 'Message log',
  lead: 'All WhatsApp messages, received and sent, the newest first.',
  back: 'Messages',
  columns: { at: 'When', direction: 'Direction', who: 'Who', words: 'Message', state: 'State' },
  any: 'All',
  directions: { in: 'Received', out: 'Sent' },
  states: {
    failed: 'Failed', uncertain: 'Perhaps sent', queued: 'Waits', sending: 'Tried again', accepted: 'Taken', sent: 'Sent', delivered: 'Arrived', read: 'Read', received: 'To be answered', processed: 'Answered',
  },
  notNeeded: 'Not needed',
  patient: 'Patient',
  unknownNumber: 'Unknown number',
  unnamed: (id) => `Patient no. ${id}`,
  noWords: '(without text)',
  ofBroadcast: 'Message to many',
  held: 'Waits until the person writes: they have not for 24 hours, and no template fits.',
  noneFiltered: 'No message meets these filters',
  emptyTitle: 'No message yet',
  emptyHelp: 'Invitations, questions of patients and answers will appear here.',
  todo: {
    no_number: 'Complete the number in the record.',
    unreachable: 'Check the number, or call the person.',
    opted_out: 'Respect this choice: call if you must. The person can write START to get messages again.',
    window_closed: 'Have a template approved, or call. The message would leave if the person wrote.',
    limit: 'Nothing to do: it goes on by itself. If it lasts, look at the limit at the carrier.',
    held_back: 'Meta limits advertising to this person. Try another day, or write a utility template.',
    experiment: 'Nothing to do; call if it matters.',
    template: 'Open the templates: mend the text, or wait for its approval.',
    content: 'Shorten or change the text, then send it again.',
    too_long: 'Shorten the text, then send it again.',
    switched_off: 'Try again later, or call.',
    trouble: 'Send the message again: the failure has passed, or call.',
    account: 'Mend the account at the carrier; “medirecord doctor” says what is missing.',
    gave_up: 'Ask the person whether it arrived before you send it again.',
    restored: 'Ask the person whether it arrived before you send it again.',
    earlier_part_failed: 'Look why the part before failed, then send all of it again.',
    unknown: 'Look this code up at the carrier, or call the person.',
    refused: 'Call the person if it matters.',
  },
};

export default en;
