import en from './en/password';
import fr from './fr/password';

export const password = { fr, en };
