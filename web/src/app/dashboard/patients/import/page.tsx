import { ImportPage } from '@/features/patients/import-page';

export default function Page() {
  return <ImportPage />;
}
