/* Which notes say that no allergy is known; no browser. */
import { expect, test } from '@playwright/test';

import { saysNoAllergy } from '../../web/src/features/patients/says-no-allergy';

test('only a note that says nothing else is no warning', () => {
  for (const told of ['Aucune', 'aucune connue', 'Aucune allergie connue.', 'Pas d’allergie', "pas d'allergie connue", 'Néant', 'RAS', 'Non', 'None known', 'NKDA']) expect(saysNoAllergy(told), told).toBe(true);
  for (const told of ['', 'Pénicilline', 'Aucune sauf la pénicilline', 'Non précisé', 'aucune idée', 'Nonacog', 'RAS, arachide', 'Aspirine']) expect(saysNoAllergy(told), told).toBe(false);
});
