'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';

import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { hasUnsavedWork } from '@/lib/draft';
import { useWords } from '@/lib/i18n';
import { common } from '@/messages/common';

/** Links to other pages ask first while a form holds what is not saved (useUnsavedGuard). */
export function UnsavedDialog() {
  const t = useWords(common);
  const router = useRouter();
  const [to, setTo] = useState<string | null>(null);

  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!(link instanceof HTMLAnchorElement) || link.target || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      if (link.origin !== window.location.origin || link.pathname === window.location.pathname || !hasUnsavedWork()) return;
      event.preventDefault();
      event.stopPropagation();
      setTo(link.pathname + link.search);
    };
    document.addEventListener('click', onClick, true);
    return () => document.removeEventListener('click', onClick, true);
  }, []);

  return (
    <Dialog
      open={to !== null}
      onOpenChange={(open) => !open && setTo(null)}
      title={t.leaveUnsaved}
      description={t.leaveHelp}
      footer={
        <>
          <Button onClick={() => { if (to) router.push(to); setTo(null); }}>{t.leave}</Button>
          <Button look="primary" onClick={() => setTo(null)}>{t.stay}</Button>
        </>
      }
    />
  );
}
