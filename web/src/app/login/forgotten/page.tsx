import type { Metadata } from 'next';

import { ForgottenPage } from '@/features/login/forgotten-page';

export const metadata: Metadata = { title: 'Mot de passe oublié · MediRecord' };

export default function Page() {
  return <ForgottenPage />;
}
