import en from './en/documents';
import fr from './fr/documents';

export const documents = { fr, en };
