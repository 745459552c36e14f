export default {
  unnamed: (id: number) => `Patient n° ${id}`,
  findPatient: 'Chercher un patient',
  findHint: 'Nom ou téléphone, deux lettres au moins.',
  finding: 'Recherche…',
  foundNone: 'Aucun patient ne correspond.',
  findFailed: 'La recherche n’a pas abouti. Recommencez.',
  found: (n: number) => (n === 1 ? '1 patient trouvé' : `${n} patients trouvés`),
  change: 'Choisir un autre patient',
};
