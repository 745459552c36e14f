import en from './en/models';
import fr from './fr/models';

export const models = { fr, en };
