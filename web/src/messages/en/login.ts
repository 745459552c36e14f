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
  signIn: 'Sign in',
  emailMissing: 'Give your e-mail address.',
  passwordMissing: 'Give your password.',
  notYou: 'Is this not you?',
  otherAccount: 'Sign in with another account',
  shared: 'Shared device',
  sharedHelp: 'Nothing you open is kept here. Otherwise what you opened can be read without a connection for three days.',
};
export default en;
