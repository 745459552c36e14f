import en from './en/templates';
import fr from './fr/templates';

export const templates = { fr, en };
