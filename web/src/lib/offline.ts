/**
 * offline -- what was seen last can be read without the server, unless the device is shared.
 *
 * The service worker (src/worker/) keeps it; here is who may: one person a device, until that person signs out.
 */
const SHARED = 'medirecord.shared';
const OWNER = 'medirecord.seen-by';
const ANSWER_MS = 2_000;

export function isShared(): boolean {
  return localStorage.getItem(SHARED) === 'yes';
}

/** Asked at signing in: on a shared device nothing is kept. */
export function chooseShared(shared: boolean) {
  if (shared) localStorage.setItem(SHARED, 'yes');
  else localStorage.removeItem(SHARED);
}

/** Nothing of any patient stays on the device. Settles when it is gone. */
export async function forgetSeen(): Promise<void> {
  localStorage.removeItem(OWNER);
  const worker = (await navigator.serviceWorker?.getRegistration())?.active;
  if (!worker) return;
  const { port1, port2 } = new MessageChannel();
  const done = new Promise<void>((resolve) => {
    port1.onmessage = () => resolve();
    setTimeout(resolve, ANSWER_MS); // a worker that hangs must not keep anybody signed in
  });
  worker.postMessage('forget', [port2]);
  await done;
  port1.close();
}

/** Once somebody is signed in. Plain http on a network has no service workers: then nothing is kept, and all else works. */
export async function keepSeen(userId: number): Promise<void> {
  if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return;
  if (isShared()) {
    await forgetSeen();
    await (await navigator.serviceWorker.getRegistration())?.unregister();
    return;
  }
  const owner = localStorage.getItem(OWNER);
  if (owner !== null && owner !== String(userId)) await forgetSeen();
  localStorage.setItem(OWNER, String(userId));
  await navigator.serviceWorker.register('/worker.js', { scope: '/' });
}
