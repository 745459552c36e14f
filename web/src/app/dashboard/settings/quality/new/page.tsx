import { NewQuestionPage } from '@/features/quality/new-question-page';

export default function Page() {
  return <NewQuestionPage />;
}
