import en from './en/clinic';
import fr from './fr/clinic';

export const clinic = { fr, en };
