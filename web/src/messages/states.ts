import en from './en/states';
import fr from './fr/states';

export const states = { fr, en };
