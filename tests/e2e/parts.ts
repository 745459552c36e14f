/** The parts of a list, comparable: attributes by name, without how long ago something was. Runs in the page: it knows nothing but its argument. */
export function fragmentOf(given: Element | string): unknown {
  const parts = (node: Element): unknown => ({
    [node.localName]: Object.fromEntries([...node.attributes].map((a) => [a.name, a.value]).sort()),
    holds: node.localName === 'time' ? [] : [...node.childNodes].map((child) => (child instanceof Element ? parts(child) : child.textContent)),
  });
  const joined = (list: Element) => {
    list.normalize();
    return parts(list);
  };
  if (typeof given !== 'string') return joined(given.cloneNode(true) as Element);
  return joined(new DOMParser().parseFromString(given, 'text/html').body.firstElementChild!);
}
