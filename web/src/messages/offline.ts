import en from './en/offline';
import fr from './fr/offline';

export const offline = { fr, en };
