/** turn -- what follows is a task of its own: before it the page answers to who touches it, also on a slow phone. */
export const nextTurn = () => new Promise<void>((go) => { setTimeout(go); });
