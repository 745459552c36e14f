import en from './en/account';
import fr from './fr/account';

export const account = { fr, en };
