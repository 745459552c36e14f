/** When the page has nothing better to do, in five seconds at the latest. Answers how to take it back. */
const LATEST_MS = 5_000;

export function whenIdle(work: () => void): () => void {
  // Safari has none: a second is after the first paint on all but the slowest.
  if (!window.requestIdleCallback) {
    const timer = setTimeout(work, 1_000);
    return () => clearTimeout(timer);
  }
  const handle = window.requestIdleCallback(work, { timeout: LATEST_MS });
  return () => window.cancelIdleCallback(handle);
}
