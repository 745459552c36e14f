import { ClinicPage } from '@/features/clinic/clinic-page';

export default function Page() {
  return <ClinicPage />;
}
