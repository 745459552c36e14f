'use client';

import { Camera, FilePlus2 } from 'lucide-react';
import { useId, useRef, useState, type DragEvent } from 'react';

import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/cn';
import { useWords } from '@/lib/i18n';
import { upload } from '@/messages/upload';
import { acceptOf, PAPERS, refusalOf, type Accepted } from './accepted';

/**
 * Files by click, drop or, on a phone, its camera. What cannot be taken is said at once; the rest goes to `onFiles`. `one`: a single file,
 * the last that was dropped. `help` says what is taken, where that is not what a record can hold.
 */
export function FilePicker({ onFiles, label, accepted = PAPERS, help, one }: { onFiles: (files: File[]) => void; label?: string; accepted?: Accepted; help?: string; one?: boolean }) {
  const t = useWords(upload);
  const hint = useId();
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<Array<{ name: string; reason: string }>>([]);

  function take(list: FileList | null) {
    const all = Array.from(list ?? []).slice(one ? -1 : 0);
    setRefused(all.flatMap((file) => {
      const reason = refusalOf(file, accepted);
      return reason ? [{ name: file.name, reason }] : [];
    }));
    const good = all.filter((file) => !refusalOf(file, accepted));
    if (good.length) onFiles(good);
  }

  function picker(ref: typeof files, capture?: 'environment') {
    return (
      <input
        ref={ref}
        type="file"
        multiple={!capture && !one}
        accept={capture ? 'image/*' : acceptOf(accepted)}
        capture={capture}
        aria-label={capture ? t.takePhoto : (label ?? t.choose)}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = ''; // the same file may be chosen again
        }}
      />
    );
  }

  const drag = (entering: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(entering);
  };
  return (
    <div className="flex flex-col gap-3">
      <div
        onDragEnter={drag(true)}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event);
          take(event.dataTransfer.files);
        }}
        className={cn('flex flex-col items-center gap-3 rounded-lg border border-dashed px-4 py-6 text-center', over ? 'border-accent bg-accent-ground' : 'border-line-strong')}
      >
        {picker(files)}
        {picker(camera, 'environment')}
        <div className="flex flex-wrap justify-center gap-2">
          <Button aria-describedby={hint} onClick={() => files.current?.click()} icon={<FilePlus2 aria-hidden className="size-5" />}>{label ?? t.choose}</Button>
          <Button onClick={() => camera.current?.click()} className="pointer-fine:hidden" icon={<Camera aria-hidden className="size-5" />}>{t.takePhoto}</Button>
        </div>
        <p id={hint} className="max-w-[60ch] text-small text-ink-soft"><span className="pointer-coarse:hidden">{one ? t.dropOneHere : t.dropHere} </span>{help ?? t.whatGoes}</p>
      </div>
      {refused.length > 0 && (
        <Alert tone="look" live title={t.notTaken(refused.length)}>
          <ul>{refused.map(({ name, reason }, at) => <li key={at} className="[overflow-wrap:anywhere]"><span className="font-semibold">{name}</span> : {reason}</li>)}</ul>
        </Alert>
      )}
    </div>
  );
}
