/**
 * session -- who is signed in, and what happens when the session ends.
 *
 * Nobody was yet: the page goes to /login/ and comes back. Somebody was: a dialog over the page asks for the password, and the calls that
 * wait go on when it was right, so that nothing that was typed is lost.
 */
import { createStore } from './store.ts';

export interface User {
  id: number;
  email: string;
  full_name: string;
  role: 'admin' | 'doctor' | 'nurse' | 'service';
  language: 'fr' | 'en';
  must_change_password: boolean;
  otp_enabled?: boolean;
}

const user = createStore<User | null>(null);
const ended = createStore(false);
let waiting: Array<() => void> = [];

export const session = {
  user,
  /** True while the dialog is to be shown. */
  ended,

  start(who: User) {
    const other = user.get() !== null && user.get()?.id !== who.id;
    user.set(who);
    ended.set(false);
    const goOn = waiting;
    waiting = [];
    // Another person must not finish what somebody else began.
    if (other) window.location.reload();
    else for (const go of goOn) go();
  },

  /** Settles when somebody signed in; never, when the page leaves for /login/. */
  signedInAgain(signal?: AbortSignal): Promise<void> {
    if (user.get() === null) {
      if (!window.location.pathname.startsWith('/login')) window.location.replace(loginAddress(window.location));
    } else {
      ended.set(true);
    }
    return new Promise((resolve, reject) => {
      waiting.push(resolve);
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  },
};

export function loginAddress(from: { pathname: string; search: string }): string {
  const to = from.pathname + from.search;
  return to === '/' || to === '/dashboard/' ? '/login/' : `/login/?next=${encodeURIComponent(to)}`;
}

/** Where to go after signing in: a page of ours, whatever the address says. */
export function afterLogin(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '';
  return /^\/dashboard\/[\w\-/]*(\?[^#]*)?$/.test(next) ? next : '/dashboard/';
}
