import en from './en/viewer';
import fr from './fr/viewer';

export const viewer = { fr, en };
