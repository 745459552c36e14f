'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Copy, QrCode, Send } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';

import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { explain } from '@/lib/errors';
import { formatDateTime, formatPhone } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { patients } from '@/messages/patients';
import { nameOf, patientUrl, type Patient } from './patient';

interface Link {
  link: string;
  whatsapp_link: string | null;
  expires_at: string;
}

// Drawn here, by the browser: no link of a patient goes to a service.
const Qr = dynamic(() => import('qrcode.react').then((m) => m.QRCodeSVG), { ssr: false, loading: () => <Skeleton className="size-48" /> });

/** navigator.clipboard is there on safe origins only. */
async function copy(text: string, field: HTMLInputElement | null) {
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else {
    field?.select();
    document.execCommand('copy');
  }
}

function Shown({ link }: { link: Link }) {
  const t = useWords(patients);
  const lang = useLang();
  const [field, setField] = useState<HTMLInputElement | null>(null);
  const text = link.whatsapp_link ?? link.link;
  return (
    <div className="flex flex-col gap-3">
      {/* Always black on white: cameras read it so. */}
      <div className="w-fit rounded-md bg-[#fff] p-3"><Qr value={text} size={192} level="M" title={t.qr} /></div>
      <p className="text-ink-soft">{t.qrHelp(formatDateTime(link.expires_at, lang))}</p>
      <label className="block">
        <span className="mb-1 block font-semibold">{t.link}</span>
        <input ref={setField} readOnly value={text} onFocus={(event) => event.target.select()} className="block min-h-11 w-full rounded-md border border-line-strong bg-sunken px-3 text-small" />
      </label>
      <Button
        onClick={() => void copy(text, field).then(() => toast(t.copied), () => field?.select())}
        icon={<Copy aria-hidden className="size-5" />}
      >
        {t.copy}
      </Button>
    </div>
  );
}

/** Where a person is who has not confirmed: invited by WhatsApp; or in front of the desk, with a code to scan. */
export function Activation({ patient }: { patient: Patient }) {
  const t = useWords(patients);
  const client = useQueryClient();
  const [busy, setBusy] = useState<'send' | 'show' | null>(null);
  const [link, setLink] = useState<Link | null>(null);

  async function run(what: 'send' | 'show') {
    setBusy(what);
    try {
      if (what === 'send') {
        await api.post(`${patientUrl(patient.id)}send-activation/`);
        setLink(null);
        toast(t.invited(formatPhone(patient.phone)));
      } else setLink(await api.post<Link>(`${patientUrl(patient.id)}activation-link/`));
    } catch (why) {
      const { title, detail } = explain(why);
      toast(detail || title);
      void client.invalidateQueries({ queryKey: ['patients'] });
    } finally {
      setBusy(null);
    }
  }

  return (
    <Panel title={patient.status === 'pending' ? t.toActivate : t.isInactive}>
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft">{patient.status === 'pending' ? t.toActivateHelp(nameOf(patient), formatPhone(patient.phone)) : t.isInactiveHelp}</p>
        {link ? <Shown link={link} /> : (
          <Button busy={busy === 'show'} disabled={busy !== null} onClick={() => void run('show')} icon={<QrCode aria-hidden className="size-5" />}>{t.showCode}</Button>
        )}
        <Button look={link ? 'quiet' : 'plain'} busy={busy === 'send'} disabled={busy !== null} onClick={() => void run('send')} icon={<Send aria-hidden className="size-5" />}>{t.sendAgain}</Button>
        <p className="text-small text-ink-soft">{t.oneLink}</p>
      </div>
    </Panel>
  );
}

/** The digits by which people who share a telephone are told apart: shown once. */
export function AccessCode({ patient }: { patient: Patient }) {
  const t = useWords(patients);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);

  async function make() {
    setBusy(true);
    try {
      setCode((await api.post<{ code: string }>(`${patientUrl(patient.id)}access-code/`)).code);
    } catch (why) {
      const { title, detail } = explain(why);
      toast(detail || title);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Panel title={t.accessCode}>
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft">{t.accessCodeHelp}</p>
        {code && <p role="status"><span className="tabular text-figure font-semibold tracking-widest">{code}</span><span className="block text-small text-ink-soft">{t.accessCodeOnce}</span></p>}
        <Button busy={busy} onClick={() => void make()}>{code ? t.anotherCode : t.makeCode}</Button>
      </div>
    </Panel>
  );
}
