/** unsaved -- work that would be lost is asked about before it is left. Apart from draft.ts, since the shell needs no more of it. */
import { useEffect } from 'react';

const dirty = new Set<symbol>();

/** Is there work that would be lost? The shell asks before it follows a link. */
export function hasUnsavedWork(): boolean {
  return dirty.size > 0;
}

/** While `unsaved`, closing the window or following a link asks first. */
export function useUnsavedGuard(unsaved: boolean) {
  useEffect(() => {
    if (!unsaved) return;
    const mark = Symbol('unsaved');
    dirty.add(mark);
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => {
      dirty.delete(mark);
      window.removeEventListener('beforeunload', ask);
    };
  }, [unsaved]);
}
