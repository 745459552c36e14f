'use client';

import { FileText, X } from 'lucide-react';

import { IconButton } from '@/components/ui/button';
import { formatBytes } from '@/lib/format-more';
import { useLang, useWords } from '@/lib/i18n';
import { upload } from '@/messages/upload';

/** Files that leave when the form is saved; each may be taken back. */
export function ChosenFiles({ label, files, onChange }: { label: string; files: File[]; onChange: (files: File[]) => void }) {
  const t = useWords(upload);
  const lang = useLang();
  if (files.length === 0) return null;
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {files.map((file, at) => (
        <li key={at} className="flex items-center gap-3 py-1">
          <FileText aria-hidden className="size-5 shrink-0 text-ink-soft" />
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{file.name} <span className="text-small text-ink-soft">{formatBytes(file.size, lang)}</span></span>
          <IconButton label={t.remove(file.name)} onClick={() => onChange(files.filter((other) => other !== file))}><X aria-hidden className="size-5" /></IconButton>
        </li>
      ))}
    </ul>
  );
}
