import { AdvicePage } from '@/features/advice/advice-list';

export default function Page() {
  return <AdvicePage />;
}
