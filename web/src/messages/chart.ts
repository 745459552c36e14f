import en from './en/chart';
import fr from './fr/chart';

export const chart = { fr, en };
