import en from './en/channel';
import fr from './fr/channel';

export const channel = { fr, en };
