import type { Words } from '@/lib/i18n';
import type fr from '../fr/retention';

const days = (hours: number) => (hours % 24 === 0 && hours > 24 ? `${hours / 24} days` : `${hours} hours`);

const en: Words<typeof fr> = {
  title: 'Retention',
  lead: 'What is thrown away by age, every day, and what stays until somebody decides.',
  byAge: 'Thrown away by age',
  what: 'What',
  kept: 'Kept',
  colon: ':',
  due: 'To go now',
  keptFor: (hours: number) => (hours === 0 ? 'until it expires' : days(hours)),
  kinds: {
    sessions: { name: 'Sign-in sessions', help: 'Who signed in, and was signed out since.' },
    failed_sign_ins: { name: 'Failed sign-ins', help: 'They slow down who guesses a password.' },
    repeated_requests: { name: 'Answers to repeated requests', help: 'So that a request that was sent twice counts once.' },
    model_calls: { name: 'Calls to models outside', help: 'What left, where to, and the estimated cost. Never the text.' },
    done_jobs: { name: 'Jobs that are done', help: 'Jobs that were given up stay until you decide.' },
    backup_rows: { name: 'List of backups', help: 'The list alone: the files follow BACKUP_KEEP.' },
    metrics: { name: 'Measurements of the services', help: 'For the charts of the analytics.' },
  },
  change: 'Change the periods in “Settings of the clinic”',
  lastRun: 'Last clean-up',
  neverRun: 'No clean-up yet.',
  nextRun: 'The next one is due',
  runNow: 'Clean up now',
  ask: 'Throw away now what is too old?',
  askHelp: 'Nothing of a patient’s record is concerned.',
  runVerb: (n: string, count: number) => (count === 1 ? 'Throw away one row' : `Throw away ${n} rows`),
  started: 'The clean-up has begun.',
  never: 'Kept until somebody decides',
  neverList: [
    'Records, documents and conversations: until the patient is erased.',
    'The audit log: for ever. It holds numbers and constant words alone.',
    'Backups keep what was erased, until a younger one replaces them.',
  ],
};

export default en;
