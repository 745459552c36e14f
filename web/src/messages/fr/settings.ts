export default {
  title: 'Réglages',
  lead: 'Ce que la clinique décide une fois, et vérifie de temps en temps.',
  groups: { assistant: 'Ce que dit l’assistant', running: 'Fonctionnement' },
  entries: {
    templates: { name: 'Modèles WhatsApp', help: 'Les textes approuvés qui invitent un patient ou le préviennent après 24 heures de silence.' },
    quality: { name: 'Qualité des réponses', help: 'Des questions dont vous connaissez la bonne réponse, posées à l’assistant quand vous voulez.' },
    advice: { name: 'Conseils de la clinique', help: 'Les fiches qui répondent aux questions générales de tous les patients.' },
    backups: { name: 'Sauvegardes', help: 'La dernière bonne, sa preuve, et une nouvelle sur demande.' },
    channel: { name: 'WhatsApp et courriel', help: 'L’opérateur, l’adresse à lui donner, et un test.' },
    models: { name: 'Modèles de langue', help: 'Qui rédige les réponses, un test, et ce que cela coûte.' },
    retention: { name: 'Conservation', help: 'Ce qui est jeté avec l’âge, et quand.' },
    jobs: { name: 'Travaux', help: 'Ce que le programme fait en arrière-plan, ce qui attend, ce qu’il a abandonné et pourquoi.' },
  },
  reservedAdmins: 'Réservé aux administrateurs',
  reservedDoctors: 'Réservé aux médecins et aux administrateurs',
  reservedHelp: 'Demandez à l’administrateur de la clinique.',
};
