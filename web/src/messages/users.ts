import en from './en/users';
import fr from './fr/users';

export const users = { fr, en };
