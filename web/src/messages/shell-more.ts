import en from './en/shell-more';
import fr from './fr/shell-more';

export const shellMore = { fr, en };
