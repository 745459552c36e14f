import en from './en/login';
import fr from './fr/login';

export const login = { fr, en };
