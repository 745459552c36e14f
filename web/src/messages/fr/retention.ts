const days = (hours: number) => (hours % 24 === 0 && hours > 24 ? `${hours / 24} jours` : `${hours} heures`);

export default {
  title: 'Conservation',
  lead: 'Ce qui est jeté avec l’âge, chaque jour, et ce qui reste jusqu’à ce que quelqu’un décide.',
  byAge: 'Jeté avec l’âge',
  what: 'Quoi',
  kept: 'Gardé',
  colon: '\u00a0:',
  due: 'À jeter maintenant',
  keptFor: (hours: number) => (hours === 0 ? 'jusqu’à expiration' : days(hours)),
  kinds: {
    sessions: { name: 'Sessions de connexion', help: 'Qui s’est connecté, et a été déconnecté depuis.' },
    failed_sign_ins: { name: 'Essais de connexion ratés', help: 'Ils ralentissent qui devine un mot de passe.' },
    repeated_requests: { name: 'Réponses aux demandes répétées', help: 'Pour qu’une demande envoyée deux fois ne compte qu’une.' },
    model_calls: { name: 'Appels aux modèles extérieurs', help: 'Ce qui est parti, où, et le coût estimé. Jamais le texte.' },
    done_jobs: { name: 'Travaux finis', help: 'Les travaux abandonnés restent jusqu’à votre décision.' },
    backup_rows: { name: 'Liste des sauvegardes', help: 'La liste seulement : les fichiers suivent BACKUP_KEEP.' },
  } as Record<string, { name: string; help: string } | undefined>,
  lastRun: 'Dernier nettoyage',
  neverRun: 'Pas encore de nettoyage.',
  nextRun: 'Le prochain est prévu',
  runNow: 'Nettoyer maintenant',
  ask: 'Jeter maintenant ce qui est trop vieux ?',
  askHelp: 'Rien d’un dossier de patient n’est concerné.',
  runVerb: (n: string, count: number) => (count === 1 ? 'Jeter une ligne' : `Jeter ${n} lignes`),
  started: 'Nettoyage lancé.',
  never: 'Gardé jusqu’à ce que quelqu’un décide',
  neverList: [
    'Les dossiers, documents et conversations : jusqu’à ce que le patient soit effacé.',
    'Le journal d’audit : toujours. Il ne contient que des numéros et des mots fixes.',
    'Les sauvegardes gardent ce qui a été effacé, jusqu’à ce qu’une plus récente les remplace.',
  ],
};
