import type { Words } from '@/lib/i18n';
import type fr from '../fr/channel';

const en: Words<typeof fr> = {
  title: 'WhatsApp and e-mail',
  lead: 'How messages travel, and what the carrier has to be told.',
  simulator: 'WhatsApp is simulated',
  simulatorHelp: 'No message leaves this machine: enough to try everything. To write to real patients you need an account with Twilio or Meta, and an https address.',
  checkHelp: 'The account, the sender, the address that the carrier calls, and the message templates. Nobody gets anything.',
  carrier: 'Carrier',
  sending: 'Sending',
  mail: 'E-mail',
  webhook: 'Address to give to the carrier',
  copy: 'Copy',
  copied: 'Address copied.',
  notCopied: 'This browser does not allow copying: select the address.',
  notHttps: 'This address is not reached from outside',
  notHttpsHelp: 'The carrier brings what patients write over https only. Set MEDIRECORD_PUBLIC_URL.',
  stepsTwilio: [
    'In the Twilio console, open Messaging, then Senders, then WhatsApp senders, and choose your number.',
    'Under “Webhook URL for incoming messages” paste the address, with the method HTTP POST.',
    'Keep the end #rc=3&rp=all: without it Twilio does not call a second time when the server was restarting.',
    'Save, then come back here and test.',
  ],
  stepsMeta: [
    'In the Meta application open WhatsApp, then Configuration.',
    'Under “Webhook” paste the address and, as verification word, that of META_VERIFY_TOKEN.',
    'Subscribe to the field “messages”.',
    'Save, then come back here and test.',
  ],
  howToChange: 'The guide says what each can be.',
};

export default en;
