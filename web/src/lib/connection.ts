/**
 * connection -- is the server there? Calls tell; while it is away it is asked every few seconds, a little later each time.
 */
import { createStore } from './store.ts';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

const lost = createStore(false);
const backListeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let pause = FIRST_PAUSE_MS;

function answered() {
  clearTimeout(timer);
  timer = undefined;
  pause = FIRST_PAUSE_MS;
  if (!lost.get()) return;
  lost.set(false);
  for (const listener of [...backListeners]) listener();
}

async function tryNow() {
  clearTimeout(timer);
  timer = undefined;
  try {
    const response = await fetch('/api/health/', { cache: 'no-store', headers: { Accept: 'application/json' } });
    if (response.status === 502 || response.status === 504) throw new Error('away');
    answered();
  } catch {
    schedule();
  }
}

function schedule() {
  if (timer !== undefined) return;
  timer = setTimeout(tryNow, pause);
  pause = Math.min(pause * 1.6, LONGEST_PAUSE_MS);
}

export const connection = {
  lost,
  answered,
  failed() {
    lost.set(true);
    schedule();
  },
  tryNow,
  /** Called when it is there again after it was away. */
  onBack(listener: () => void) {
    backListeners.add(listener);
    return () => void backListeners.delete(listener);
  },
};
