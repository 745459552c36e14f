/**
 * draft -- unsaved work, kept in this browser until it is saved. That it is asked about before it is left: unsaved.ts.
 *
 * A draft belongs to one account; a record of a patient is never kept here beyond what somebody typed into a form.
 */
import { session } from './session.ts';

const PREFIX = 'medirecord.draft.';
const KEPT_MS = 7 * 24 * 3600 * 1000;

interface Kept<T> {
  at: number;
  value: T;
}

function keyOf(name: string): string {
  return `${PREFIX}${session.user.get()?.id ?? 0}.${name}`;
}

export function readDraft<T>(name: string): T | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null') as Kept<T> | null;
    return kept && Date.now() - kept.at < KEPT_MS ? kept.value : undefined;
  } catch {
    return undefined;
  }
}

export function writeDraft<T>(name: string, value: T) {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify({ at: Date.now(), value } satisfies Kept<T>));
  } catch {
    // A full or forbidden storage costs the draft, not the work.
  }
}

export function dropDraft(name: string) {
  localStorage.removeItem(keyOf(name));
}

/** Signing out leaves nothing of anybody behind. */
export function dropAllDrafts() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}
