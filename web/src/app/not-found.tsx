import { NotFoundPage } from '@/features/login/not-found-page';

export default function NotFound() {
  return <NotFoundPage />;
}
