import en from './en/upload';
import fr from './fr/upload';

export const upload = { fr, en };
