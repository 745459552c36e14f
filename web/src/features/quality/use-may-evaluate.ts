import { session } from '@/lib/session';
import { useStore } from '@/lib/store';

/** As the server has it: doctors and administrators. Null: not known yet. */
export function useMayEvaluate(): boolean | null {
  const user = useStore(session.user, null);
  return user && (user.role === 'admin' || user.role === 'doctor');
}
