import en from './en/shell';
import fr from './fr/shell';

export const shell = { fr, en };
