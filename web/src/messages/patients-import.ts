import en from './en/patients-import';
import fr from './fr/patients-import';

export const patientsImport = { fr, en };
