import en from './en/today-running';
import fr from './fr/today-running';

export const todayRunning = { fr, en };
