import en from './en/settings';
import fr from './fr/settings';

export const settings = { fr, en };
