import type { Words } from '@/lib/i18n';
import type fr from '../fr/models';

const en: Words<typeof fr> = {
  title: 'Language models',
  lead: 'Who writes answers, what leaves the house and what it costs. Without a model everything works: answers come from the record alone.',
  checkHelp: 'The model that writes, the one for vectors, e-mail, and the store of vectors. No text of a patient is sent.',
  used: 'What is used',
  meaning: 'Search by meaning',
  meaningStates: { none: 'Not used', incomplete: 'Incomplete', waiting: 'Waiting', running: 'Running', failed: 'Broke off', complete: 'Up to date' },
  meaningNone: 'Documents are searched by their words. No model for vectors is set (EMBEDDER).',
  passages: (done: string, all: string) => `${done} passages ready of ${all}`,
  makeVectors: 'Prepare the rest',
  calls: 'Calls and cost by day',
  noCalls: 'Nothing left the house',
  noCallsHelp: 'What is asked of a model outside will be counted here, day by day.',
  columns: { day: 'Day', kind: 'What for', calls: 'Calls', failed: 'Without result', sent: 'Sent', cost: 'Estimated cost' },
  kinds: { generate: 'Writing', embed_question: 'Searching', embed_passages: 'Preparing the search' },
  callsOf: (calls: number, failed: number) => `${calls} ${calls === 1 ? 'call' : 'calls'}${failed ? `, ${failed} of them without result` : ''}`,
  howToChange: 'Each patient must have agreed before text goes to a model outside.',
};

export default en;
