import en from './en/simulator';
import fr from './fr/simulator';

export const simulator = { fr, en };
