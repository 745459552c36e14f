'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Copy, Download } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';

import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ListState } from '@/components/ui/list-state';
import { Panel } from '@/components/ui/panel';
import { Secret } from '@/components/ui/secret';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { formatDate } from '@/lib/format';
import { useLang, useWords } from '@/lib/i18n';
import { useRecord } from '@/lib/query';
import { saveFile } from '@/lib/save-file';
import { toast } from '@/lib/toast';
import { account } from '@/messages/account';
import { ProofForm } from './proof-form';

const QrCode = dynamic(() => import('qrcode.react').then((m) => m.QRCodeSVG), { ssr: false, loading: () => <Skeleton className="size-48" /> });

const OTP = '/api/auth/otp/';

interface State {
  enabled: boolean;
  since: string | null;
  recovery_left: number;
}

type Step = { now: 'idle' } | { now: 'password' } | { now: 'scan'; secret: string; uri: string } | { now: 'renew' } | { now: 'off' } | { now: 'codes'; codes: string[] };

function Scan({ secret, uri, onCodes, onCancel }: { secret: string; uri: string; onCodes: (codes: string[]) => void; onCancel: () => void }) {
  const t = useWords(account);
  return (
    <div className="flex flex-col gap-5">
      <ol className="list-decimal space-y-1 pl-5">
        <li>{t.scan1}</li>
        <li>{t.scan2}</li>
        <li>{t.scan3}</li>
      </ol>
      {/* Black on white in every theme: cameras read nothing else well. */}
      <div className="w-fit rounded-md border border-line bg-white p-3"><QrCode value={uri} size={192} title={t.qr} /></div>
      <Secret label={t.secret} value={secret} hint={t.secretHint} />
      <ProofForm
        ask={['otp']}
        verb={t.turnOn}
        aside={<Button look="quiet" onClick={onCancel}>{t.cancel}</Button>}
        onProof={async (typed) => onCodes((await api.post<{ recovery_codes: string[] }>(`${OTP}confirm/`, typed, { idempotencyKey: undefined })).recovery_codes)}
      />
    </div>
  );
}

function Codes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useWords(account);
  const text = codes.join('\n');
  return (
    <div className="flex flex-col gap-4">
      <Alert tone="look" live title={t.keepCodes}>{t.keepCodesHelp}</Alert>
      <ul aria-label={t.recoveryCodes} className="grid max-w-md grid-cols-2 gap-x-6 gap-y-2 font-mono tabular">
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button icon={<Copy aria-hidden className="size-5" />} onClick={() => void navigator.clipboard?.writeText(text).then(() => toast(t.codesCopied))}>{t.copyCodes}</Button>
        <Button icon={<Download aria-hidden className="size-5" />} onClick={() => saveFile('medirecord-codes-de-secours.txt', new Blob([`MediRecord\n\n${text}\n`], { type: 'text/plain;charset=utf-8' }))}>{t.downloadCodes}</Button>
        <Button look="primary" onClick={onKept}>{t.codesKept}</Button>
      </div>
    </div>
  );
}

function Now({ state, onStep }: { state: State; onStep: (step: Step) => void }) {
  const t = useWords(account);
  const lang = useLang();
  if (!state.enabled) {
    return (
      <div className="flex flex-col items-start gap-3">
        <p className="max-w-[65ch]">{t.otpOff}</p>
        <Button look="primary" onClick={() => onStep({ now: 'password' })}>{t.start}</Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="flex flex-wrap items-center gap-2"><Badge tone="good">{t.on}</Badge>{state.since && t.since(formatDate(state.since, lang))}</p>
      {state.recovery_left < 3 ? <Alert tone="look" title={t.left(state.recovery_left)}>{t.leftHelp}</Alert> : <p className="text-ink-soft">{t.left(state.recovery_left)}</p>}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onStep({ now: 'renew' })}>{t.renew}</Button>
        <Button look="quiet" onClick={() => onStep({ now: 'off' })}>{t.turnOff}</Button>
      </div>
    </div>
  );
}

/** One-time codes: turning them on, new recovery codes, turning them off. */
export function OtpPanel() {
  const t = useWords(account);
  const client = useQueryClient();
  const query = useRecord<State>('account', OTP);
  const [step, setStep] = useState<Step>({ now: 'idle' });
  const idle = () => {
    setStep({ now: 'idle' });
    void client.invalidateQueries({ queryKey: ['account'] });
  };
  const cancel = <Button look="quiet" onClick={idle}>{t.cancel}</Button>;
  const quiet = { idempotencyKey: undefined };

  return (
    <Panel title={t.otp}>
      {step.now === 'idle' && <ListState query={query} skeleton={<Skeleton className="h-20" />}>{(state) => <Now state={state} onStep={setStep} />}</ListState>}
      {step.now === 'password' && <ProofForm ask={['password']} verb={t.goOn} aside={cancel} onProof={async (typed) => setStep({ now: 'scan', ...(await api.post<{ secret: string; uri: string }>(OTP, typed, quiet)) })} />}
      {step.now === 'scan' && <Scan secret={step.secret} uri={step.uri} onCancel={idle} onCodes={(codes) => setStep({ now: 'codes', codes })} />}
      {step.now === 'renew' && <ProofForm ask={['password', 'otp']} verb={t.renew} aside={cancel} onProof={async (typed) => setStep({ now: 'codes', codes: (await api.post<{ recovery_codes: string[] }>(`${OTP}recovery/`, typed, quiet)).recovery_codes })} />}
      {step.now === 'off' && (
        <ProofForm
          ask={['password', 'otp']}
          verb={t.turnOff}
          danger
          aside={cancel}
          onProof={async (typed) => {
            await api.post(`${OTP}disable/`, typed, quiet);
            toast(t.turnedOff);
            idle();
          }}
        />
      )}
      {step.now === 'codes' && <Codes codes={step.codes} onKept={idle} />}
    </Panel>
  );
}
