import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef } from 'react';

import { PLACES } from './nav';
import { SEARCH_ID } from './search';

const CHORD_MS = 1_500;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** "/" to the search, "?" for the list, "g" and a letter to a place. */
export function useShellKeys(onHelp: () => void) {
  const router = useRouter();
  const chord = useRef(0);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
    if (document.querySelector('[role="dialog"]')) return;
    const inChord = Date.now() - chord.current < CHORD_MS;
    chord.current = event.key === 'g' ? Date.now() : 0;
    const place = inChord ? PLACES.find((p) => p.key === event.key) : undefined;
    if (place) router.push(place.href);
    else if (event.key === '/') document.getElementById(SEARCH_ID)?.focus();
    else if (event.key === '?') onHelp();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
