export default {
  waiting: (n: number) => (n === 1 ? '1 conversation attend' : `${n} conversations attendent`),
  danger: (n: number) => (n === 1 ? 'dont 1 avec un signe de danger' : `dont ${n} avec un signe de danger`),
};
