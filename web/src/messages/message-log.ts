import en from './en/message-log';
import fr from './fr/message-log';

export const messageLog = { fr, en };
