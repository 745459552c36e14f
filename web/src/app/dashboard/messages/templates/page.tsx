import { TemplateList } from '@/features/templates/template-list';

export default function Page() {
  return <TemplateList />;
}
