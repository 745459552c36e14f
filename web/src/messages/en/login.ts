import type { Words } from '@/lib/i18n';
import type fr from '../fr/login';

const en: Words<typeof fr> = {
  title: 'Sign in',
  lead: 'Your patients’ record, and their questions on WhatsApp.',
  email: 'E-mail address',
  password: 'Password',
  show: 'Show the password',
  hide: 'Hide the password',
  code: 'One-time code',
  codeHint: 'The six digits of your authenticator application.',
  useRecovery: 'Lost your phone? Use a recovery code',
  useCode: 'Use a code of the application',
  recoveryCode: 'Recovery code',
  recoveryHint: 'One of the ten codes that you kept. Each works once.',
  forgotten: 'Forgotten password?',
  signIn: 'Sign in',
  emailMissing: 'Give your e-mail address.',
  passwordMissing: 'Give your password.',
  notYou: 'Is this not you?',
  otherAccount: 'Sign in with another account',
  shared: 'Shared device',
  sharedHelp: 'Nothing you open is kept here. Otherwise what you opened can be read without a connection for three days.',
};
export default en;
