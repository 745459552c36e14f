/** places -- what the service worker makes of an address. Pure, so that it is tested without a browser's machinery. */

/** When what comes from the device was seen. */
export const SEEN_AT = 'x-seen-at';
export const OFFLINE_PAGE = '/offline/';

/** Streams, files to take away, exports and whether the server is there: never from the device. */
const NEVER = /^\/api\/(events|health|schema|docs|simulator|uploads|audit)\/|\/(file|searchable|export)\/$/;
const PICTURE = /\/pages\/\d+\/image\/$/;

/** Which store keeps what an address answers; null: none does. */
export function readsOf(pathname: string): 'data' | 'pictures' | null {
  if (!pathname.startsWith('/api/') || NEVER.test(pathname)) return null;
  return PICTURE.test(pathname) ? 'pictures' : 'data';
}

/** The export has one page for all ids: `/dashboard/patients/17/` is kept as `/dashboard/patients/_/`, without what stands behind the question mark. */
export function keyOf(address: string, anyId: readonly string[]): string {
  const url = new URL(address);
  const folder = url.pathname.slice(0, url.pathname.lastIndexOf('/') + 1);
  const parts = folder.split('/');
  const any = anyId.find((pattern) => {
    const wanted = pattern.split('/');
    return wanted.length === parts.length && wanted.every((part, i) => part === parts[i] || (part === '_' && /^\d+$/.test(parts[i] ?? '')));
  });
  return url.origin + (any ?? folder) + url.pathname.slice(folder.length);
}
