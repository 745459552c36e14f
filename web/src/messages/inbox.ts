import en from './en/inbox';
import fr from './fr/inbox';

export const inbox = { fr, en };
