export default {
  title: 'Pas de connexion, et cette page n’a jamais été ouverte ici',
  lead: 'Ce que vous avez déjà ouvert sur cet appareil reste lisible. Le reste revient avec la connexion.',
  again: 'Essayer encore',
  toToday: 'Revenir à aujourd’hui',
};
