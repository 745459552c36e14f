import en from './en/jobs';
import fr from './fr/jobs';

export const jobs = { fr, en };
