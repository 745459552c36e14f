'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { ListState } from '@/components/ui/list-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { HowToChange } from '@/features/clinic/how-to-change';
import { Waiting } from '@/features/clinic/waiting';
import { CheckPanel } from '@/features/settings/check-panel';
import { ReservedPage } from '@/features/settings/reserved';
import { valueOf, type Setting } from '@/features/settings/setting';
import { SettingRows } from '@/features/settings/setting-rows';
import { useSettings } from '@/features/settings/use-settings';
import { useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { channel } from '@/messages/channel';
import { settings as settingsWords } from '@/messages/settings';

const TWILIO = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_WHATSAPP_NUMBER', 'TWILIO_MESSAGING_SERVICE_SID', 'TWILIO_SMS_NUMBER'];
const META = ['META_ACCESS_TOKEN', 'META_PHONE_NUMBER_ID', 'META_BUSINESS_ACCOUNT_ID', 'META_APP_SECRET', 'META_VERIFY_TOKEN', 'META_WHATSAPP_NUMBER'];
const SENDING = ['EMERGENCY_NUMBER', 'TAKE_OVER_REMINDER', 'TIME_ZONE', 'BROADCAST_QUIET_HOURS', 'SENDER_PEOPLE_PER_DAY', 'MESSAGE_RATE'];
const MAIL = ['EMAIL_HOST', 'EMAIL_PORT', 'EMAIL_USER', 'EMAIL_PASSWORD', 'DEFAULT_FROM_EMAIL', 'ADMINS'];

function CopyButton({ text }: { text: string }) {
  const t = useWords(channel);
  const [done, setDone] = useState(false);
  return (
    <Button
      icon={done ? <Check aria-hidden className="size-5" /> : <Copy aria-hidden className="size-5" />}
      onClick={() => {
        navigator.clipboard.writeText(text).then(() => {
          setDone(true);
          toast(t.copied);
        }, () => toast(t.notCopied));
      }}
    >
      {t.copy}
    </Button>
  );
}

/** What the carrier has to be told, and where. */
function Webhook({ list }: { list: Setting[] }) {
  const t = useWords(channel);
  const kind = valueOf(list, 'CHANNEL');
  const base = `${valueOf(list, 'MEDIRECORD_PUBLIC_URL')}/webhook/whatsapp-rag`;
  const url = kind === 'meta' ? base : `${base}#rc=3&rp=all`;
  const steps = kind === 'meta' ? t.stepsMeta : t.stepsTwilio;
  return (
    <Panel title={t.webhook}>
      {!base.startsWith('https://') && <Alert tone="look" title={t.notHttps}>{t.notHttpsHelp}</Alert>}
      <p className="mt-2 flex flex-wrap items-center gap-3"><code className="rounded-sm bg-sunken px-2 py-1 [overflow-wrap:anywhere]">{url}</code><CopyButton text={url} /></p>
      <ol className="mt-3 list-decimal space-y-1 pl-6">
        {steps.map((step) => <li key={step}>{step}</li>)}
      </ol>
    </Panel>
  );
}

function Loaded({ list }: { list: Setting[] }) {
  const t = useWords(channel);
  const kind = valueOf(list, 'CHANNEL');
  const own = kind === 'twilio' ? TWILIO : kind === 'meta' ? META : [];
  return (
    <div className="flex flex-col gap-6">
      <Waiting list={list} />
      {kind === 'simulator' && <Alert tone="accent" title={t.simulator}>{t.simulatorHelp}</Alert>}
      <CheckPanel name="channel" help={t.checkHelp} />
      <Panel title={t.carrier}><SettingRows label={t.carrier} settings={list} names={['CHANNEL', 'MEDIRECORD_PUBLIC_URL', ...own]} /></Panel>
      <Webhook list={list} />
      <Panel title={t.sending}><SettingRows label={t.sending} settings={list} names={SENDING} /></Panel>
      <Panel title={t.mail}><SettingRows label={t.mail} settings={list} names={MAIL} /></Panel>
      <HowToChange list={list}>{t.howToChange}</HowToChange>
    </div>
  );
}

function Content() {
  const t = useWords(channel);
  const s = useWords(settingsWords);
  const query = useSettings();
  return (
    <>
      <PageHeader title={t.title} lead={t.lead} back={{ href: '/dashboard/settings/', label: s.title }} />
      <ListState query={query} skeleton={<Skeleton className="h-96" />}>{(data) => <Loaded list={data.settings} />}</ListState>
    </>
  );
}

export function ChannelPage() {
  const t = useWords(channel);
  return <ReservedPage title={t.title} roles={['admin']}><Content /></ReservedPage>;
}
