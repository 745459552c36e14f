/** Words of the shell that are rarely wanted: not with every page. */
export default {
  myAccount: 'Mon compte',
  signOut: 'Se déconnecter',
  theme: 'Apparence',
  themes: { system: 'Comme l’appareil', light: 'Claire', dark: 'Sombre' },
  language: 'Langue',
  keys: 'Raccourcis du clavier',
  keysList: [
    ['/', 'Chercher un patient'],
    ['?', 'Montrer ces raccourcis'],
    ['g puis a', 'Aujourd’hui'],
    ['g puis p', 'Patients'],
    ['g puis m', 'Messages'],
    ['g puis c', 'Conversations'],
    ['g puis d', 'Documents'],
    ['Échap', 'Fermer ce qui est ouvert'],
  ] as ReadonlyArray<readonly [string, string]>,
  sessionEnded: 'Votre session est terminée',
  sessionEndedHelp: 'Reconnectez-vous : la page et votre saisie restent telles quelles.',
};
