import en from './en/waiting';
import fr from './fr/waiting';

export const waiting = { fr, en };
