import { NewTemplatePage } from '@/features/templates/new-template-page';

export default function Page() {
  return <NewTemplatePage />;
}
