import type { Metadata } from 'next';

import { ResetPage } from '@/features/login/reset-page';

export const metadata: Metadata = { title: 'Choisir un mot de passe · MediRecord' };

export default function Page() {
  return <ResetPage />;
}
