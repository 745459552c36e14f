import en from './en/retention';
import fr from './fr/retention';

export const retention = { fr, en };
