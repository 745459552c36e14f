export default {
  title: 'Réglages',
  lead: 'Ce que la clinique décide une fois, et vérifie de temps en temps.',
  pages: 'Pages des réglages',
  templates: 'Modèles WhatsApp',
  templatesHelp: 'Les textes approuvés qui invitent un patient ou le préviennent après 24 heures de silence.',
  quality: 'Qualité des réponses',
  qualityHelp: 'Des questions dont vous connaissez la bonne réponse, posées à l’assistant quand vous voulez.',
};
