import en from './en/audit';
import fr from './fr/audit';

export const audit = { fr, en };
