import { api } from './api.ts';
import { dropAllDrafts } from './draft.ts';
import { forgetSeen } from './offline.ts';

/** Leaves nothing of this person in the browser. */
export async function signOut() {
  await api.post('/api/auth/logout/');
  dropAllDrafts();
  await forgetSeen();
  window.location.assign('/login/');
}
