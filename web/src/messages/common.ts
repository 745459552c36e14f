import en from './en/common';
import fr from './fr/common';

export const common = { fr, en };
