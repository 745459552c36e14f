/** turn -- what follows is a task of its own: before it the page answers to who touches it, also on a slow phone. */
const yielded = () => globalThis.scheduler?.yield?.() ?? new Promise<void>((go) => { setTimeout(go); });

let last = Promise.resolve();

/**
 * Those who wait go one after the other, each called from the turn before and not from where it asked: there React may stand a hundred and forty calls deep, all of
 * which a browser that is watched writes down for every timer.
 */
export const nextTurn = () => (last = last.then(yielded));
