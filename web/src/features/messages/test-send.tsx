'use client';

import { Smartphone } from 'lucide-react';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { CONTROL, Field } from '@/components/ui/field';
import { api, ApiError } from '@/lib/api';
import { readDraft, writeDraft } from '@/lib/draft';
import { explain } from '@/lib/errors';
import { formatPhone } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { broadcasts } from '@/messages/broadcasts';
import { BROADCASTS_URL } from './broadcast';
import type { Typed } from './composed';

const KEPT = 'broadcast.test-phone';

/** The message on one's own phone, with made-up names. The draft is kept first: the server sends what it has. */
export function TestSend({ save }: { save: () => Promise<number | null> }) {
  const t = useWords(broadcasts);
  const { trigger } = useFormContext<Typed>();
  const [phone, setPhone] = useState(() => (typeof window === 'undefined' ? '' : (readDraft<string>(KEPT) ?? '')));
  const [busy, setBusy] = useState(false);
  const [mistake, setMistake] = useState('');
  const [error, setError] = useState<unknown>(null);

  async function send() {
    setMistake('');
    setError(null);
    if (!phone.trim()) return setMistake(t.required);
    if (!(await trigger(['content', 'audience']))) return setMistake(t.testNeedsText);
    setBusy(true);
    try {
      const id = await save();
      if (!id) return setMistake(t.testNeedsText);
      const sent = await api.post<{ phone: string }>(`${BROADCASTS_URL}${id}/test/`, { phone });
      writeDraft(KEPT, phone);
      toast(t.tested(formatPhone(sent.phone)));
    } catch (why) {
      if (why instanceof ApiError && why.fields.phone) setMistake(why.fields.phone.join(' '));
      else setError(why);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div>
      <Field label={t.testPhone} hint={t.testHint} error={mistake || undefined}>
        {(props) => (
          <div className="flex flex-wrap gap-2">
            <input
              {...props}
              type="tel"
              autoComplete="tel"
              value={phone}
              placeholder="+221 77 123 45 67"
              onChange={(event) => setPhone(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                void send();
              }}
              className={`${CONTROL} min-w-0 flex-1 basis-48`}
            />
            <Button busy={busy} onClick={() => void send()} icon={<Smartphone aria-hidden className="size-5" />}>{t.testVerb}</Button>
          </div>
        )}
      </Field>
      {error ? <div className="mt-2"><Alert tone="look" live title={explain(error).title}>{explain(error).detail}</Alert></div> : null}
    </div>
  );
}
