import en from './en/today';
import fr from './fr/today';

export const today = { fr, en };
