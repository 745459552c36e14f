import { session } from './session.ts';
import { useStore } from './store.ts';

/** A doctor or an administrator: who the server lets write to many, write templates and erase. A page does not offer what would be refused. */
export function useIsDoctor(): boolean {
  const role = useStore(session.user, null)?.role;
  return role === 'admin' || role === 'doctor';
}
