import { useEffect, useState } from 'react';

import { hasUnsavedWork } from '@/lib/unsaved';

/** Where a link was about to lead while there is unsaved work (useUnsavedGuard); null: nowhere. */
export function useLeaveGuard(): [string | null, () => void] {
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
  return [to, () => setTo(null)];
}
