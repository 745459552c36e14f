import { PatientsPage } from '@/features/patients/patients-page';

export default function Page() {
  return <PatientsPage />;
}
