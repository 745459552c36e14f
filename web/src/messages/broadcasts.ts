import en from './en/broadcasts';
import fr from './fr/broadcasts';

export const broadcasts = { fr, en };
