import en from './en/quality';
import fr from './fr/quality';

export const quality = { fr, en };
