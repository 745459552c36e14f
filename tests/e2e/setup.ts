import fs from 'node:fs';

import { makeDemo } from './clinic';

/** Once a run: the clinic that every test file gets a copy of. */
export default function setup() {
  const dir = makeDemo();
  process.env.MEDIRECORD_E2E_DEMO = dir;
  return () => fs.rmSync(dir, { recursive: true, force: true });
}
