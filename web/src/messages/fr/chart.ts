/** What every chart says beside its own words. */
export default {
  nothing: 'Rien à montrer sur cette période',
  numbers: 'Voir les chiffres',
  numbersOf: (title: string) => `Chiffres\u00a0: ${title}`,
  csv: 'Télécharger en CSV',
  csvShort: 'CSV',
  picture: 'Télécharger l’image',
  pictureShort: 'Image',
  pictureFailed: 'Ce navigateur n’a pas pu faire l’image. Les chiffres se téléchargent en CSV.',
  seen: (title: string, points: number) => `${title}\u00a0: graphique de ${points} ${points > 1 ? 'valeurs' : 'valeur'}. Les chiffres sont sous le graphique.`,
  steps: { hour: 'Heure', day: 'Jour', week: 'Semaine du' },
  none: 'pas de valeur',
};
