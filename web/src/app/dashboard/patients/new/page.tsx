import { NewPatientPage } from '@/features/patients/new-patient-page';

export default function Page() {
  return <NewPatientPage />;
}
