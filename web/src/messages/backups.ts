import en from './en/backups';
import fr from './fr/backups';

export const backups = { fr, en };
