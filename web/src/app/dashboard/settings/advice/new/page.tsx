import { NewAdvicePage } from '@/features/advice/new-advice-page';

export default function Page() {
  return <NewAdvicePage />;
}
