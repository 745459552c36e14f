import en from './en/analytics';
import fr from './fr/analytics';

export const analytics = { fr, en };
