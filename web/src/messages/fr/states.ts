/** Words of what comes, or does not: the only common ones that the first page needs. */
export default {
  loading: 'Chargement…',
  retry: 'Réessayer',
  errors: {
    unreachable: 'Le serveur ne répond pas',
    unreachableHelp: 'Rien n’est perdu. Vérifiez la connexion : l’essai reprend tout seul.',
    unknown: 'Cette page a rencontré une erreur',
    unknownHelp: 'Rechargez la page. Si cela recommence, prévenez l’administrateur.',
    forbidden: 'Votre rôle ne permet pas cela',
    forbiddenHelp: 'Demandez à l’administrateur de la clinique.',
    notFound: 'Introuvable',
    notFoundHelp: 'Cela a peut-être été supprimé.',
    conflict: 'Pas possible pour l’instant',
    conflictHelp: 'Rechargez pour voir l’état actuel, puis recommencez.',
    tooLarge: 'Trop grand',
    tooMany: 'Trop de demandes à la fois',
    tooManyHelp: 'Attendez une minute, puis recommencez.',
    invalid: 'À corriger',
    server: 'Le serveur a rencontré une erreur',
    serverHelp: 'Rien n’a été changé. Recommencez dans un instant.',
    requestId: (id: string) => `(demande ${id})`,
  },
};
