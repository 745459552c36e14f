import en from './en/patients';
import fr from './fr/patients';

export const patients = { fr, en };
