import en from './en/patient-picker';
import fr from './fr/patient-picker';

export const patientPicker = { fr, en };
