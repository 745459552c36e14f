'use client';

import { Check, Copy } from 'lucide-react';
import { useRef, useState } from 'react';

import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';
import { Button } from './button';
import { CONTROL, Field } from './field';

/** What is shown once: to copy, whole. Browsers copy by themselves on safe origins only; elsewhere it is selected for who presses the keys. */
export function Secret({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const t = useWords(common);
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);

  async function copy() {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  }

  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label={label} hint={hint} className="min-w-0 flex-1 basis-64">
        {(props) => <input {...props} ref={input} readOnly value={value} spellCheck={false} onFocus={(event) => event.target.select()} className={`${CONTROL} font-mono`} />}
      </Field>
      <Button onClick={() => void copy()} icon={copied ? <Check aria-hidden className="size-5" /> : <Copy aria-hidden className="size-5" />} className={hint ? 'mb-7' : undefined}>{copied ? t.copied : t.copy}</Button>
    </div>
  );
}
