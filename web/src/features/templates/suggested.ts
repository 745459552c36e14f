/** The texts that the guide recommends to submit (docs/guide.fr.md, "Textes à soumettre"). */
import type { TemplateLanguage } from './template';

interface Suggested {
  body: string;
  variables: string[];
}

const ACTIVATION = ['name', 'link', 'emergency'];

const TEXTS: Record<string, Partial<Record<TemplateLanguage, Suggested>> | undefined> = {
  activation: {
    fr: {
      variables: ACTIVATION,
      body: 'Bonjour {{1}}. Votre médecin vous propose de suivre votre dossier médical sur WhatsApp. Pour accepter, ouvrez ce lien : {{2}} ou répondez OUI. Pour refuser, répondez NON. Le lien est personnel et valable 7 jours. En cas d’urgence, appelez le {{3}}.',
    },
    wo: {
      variables: ACTIVATION,
      body: 'Asalaa maalekum {{1}}. Sa fajkat dafa la tànnal ngay toppe sa dosiye wér-gi-yaram ci WhatsApp. Ngir nangu, ubbil lien bii : {{2}} walla nga tontu WAAW. Ngir bañ, tontul DEET. Lien bi yaa ko moom, 7 fan la am. Su jamp dee, woowal {{3}} ci saa si.',
    },
    en: {
      variables: ACTIVATION,
      body: 'Hello {{1}}. Your doctor offers you to follow your medical record on WhatsApp. To accept, open this link: {{2}} or answer YES. To decline, answer NO. The link is personal and valid for 7 days. In an emergency, call {{3}}.',
    },
  },
  waiting: {
    fr: { variables: [], body: 'Votre clinique vous a répondu, répondez à ce message pour le lire.' },
    wo: { variables: [], body: 'Sa kilinig tontu na la, tontul bataaxal bii ngir jàng ko.' },
    en: { variables: [], body: 'Your clinic has answered you, reply to this message to read it.' },
  },
};

export function suggestedFor(purpose: string, language: TemplateLanguage): Suggested | undefined {
  return TEXTS[purpose]?.[language];
}
