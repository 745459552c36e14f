import en from './en/setting-words';
import fr from './fr/setting-words';

export const settingWords = { fr, en };
