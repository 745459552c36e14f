import { SimulatorPage } from '@/features/simulator/simulator-page';

export default function Page() {
  return <SimulatorPage />;
}
