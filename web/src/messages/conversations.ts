import en from './en/conversations';
import fr from './fr/conversations';

export const conversations = { fr, en };
