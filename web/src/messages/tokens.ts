import en from './en/tokens';
import fr from './fr/tokens';

export const tokens = { fr, en };
