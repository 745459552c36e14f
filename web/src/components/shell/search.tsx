'use client';

import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';

import { beforeReact } from '@/lib/before-react';
import { useWords } from '@/lib/i18n';
import { shell } from '@/messages/shell';

export const SEARCH_ID = 'search';

/** Finds a patient from everywhere: the list of patients does the work. */
export function ShellSearch() {
  const t = useWords(shell);
  const router = useRouter();
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  return (
    <search>
      <form
        {...beforeReact}
        onSubmit={(event) => {
          event.preventDefault();
          input.current?.blur();
          const words = text.trim();
          router.push(`/dashboard/patients/${words && `?search=${encodeURIComponent(words)}`}`);
        }}
        className="relative"
      >
        <Search aria-hidden className="pointer-events-none absolute top-1/2 left-3 size-5 -translate-y-1/2 text-ink-soft" />
        <input
          ref={input}
          id={SEARCH_ID}
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={t.search}
          aria-keyshortcuts="/"
          placeholder={t.search}
          autoComplete="off"
          className="min-h-11 w-full rounded-md border border-line-strong bg-surface pr-3 pl-10 placeholder:text-ink-soft"
        />
      </form>
    </search>
  );
}
