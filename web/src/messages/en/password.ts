import type { Words } from '@/lib/i18n';
import type fr from '../fr/password';

const en: Words<typeof fr> = {
  forgottenTitle: 'Forgotten password',
  forgottenLead: 'We send a link to choose another one to the address of your account. It works for an hour.',
  email: 'E-mail address',
  emailMissing: 'Enter your e-mail address.',
  send: 'Send the link',
  sentTitle: 'Look into your mailbox',
  sent: (email) => `If there is an account with the address ${email}, a link is on its way. Nothing arrives? Look into the junk folder, or ask the administrator.`,
  noMailTitle: 'Ask the administrator of the clinic',
  noMail: 'This installation sends no mail. An administrator gives you a one-time password: Settings, Accounts, your name.',
  noMailAdmin: 'You are the only administrator? On the server:',
  toLogin: 'Back to signing in',
  resetTitle: 'Choose a password',
  inviteTitle: 'Welcome to MediRecord',
  forWhom: (email) => `For the account ${email}. You will be signed out everywhere else.`,
  inviteFor: (email) => `Your account is ${email}. Choose your password.`,
  password: 'New password',
  passwordHint: 'At least ten characters. A sentence is easier to remember than a word.',
  passwordMissing: 'Type a password.',
  show: 'Show the password',
  hide: 'Hide the password',
  save: 'Choose this password',
  savedTitle: 'Your password is changed',
  saved: 'Sign in with the new one.',
  signIn: 'Sign in',
  endedTitle: 'This link opens nothing any more',
  ended: 'It was used already, or it is too old. Ask for a new one.',
  askAgain: 'Ask for a new link',
};
export default en;
