import type { Metadata } from 'next';

import { LoginPage } from '@/features/login/login-page';

export const metadata: Metadata = { title: 'Se connecter · MediRecord' };

export default function Page() {
  return <LoginPage />;
}
