import { ModelsPage } from '@/features/models/models-page';

export default function Page() {
  return <ModelsPage />;
}
