/**
 * static-react -- as much of React as it takes to write components as HTML, once: it stands in React's place in what is built from
 * src/early/ (scripts/early.mjs), so that the page's own components draw what is seen before React came. Nothing here changes afterwards.
 */
type Props = Record<string, unknown>;
type Component = (props: Props) => unknown;
interface Part { type: string | Component; props: Props }

const VOID = new Set(['br', 'img', 'input', 'circle', 'line', 'path', 'polyline', 'rect']);
const NO_ATTRIBUTE = new Set(['children', 'key', 'ref', 'prefetch']);
const NAMES: Record<string, string> = { className: 'class', dateTime: 'datetime', viewBox: 'viewBox' };

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const isPart = (node: unknown): node is Part => typeof node === 'object' && node !== null && 'type' in node;

function attribute([name, value]: [string, unknown]): string {
  if (NO_ATTRIBUTE.has(name) || value == null || typeof value === 'function') return '';
  if (value === false && !name.startsWith('aria-')) return '';
  const written = NAMES[name] ?? (name.startsWith('aria-') ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  return ` ${written}="${value === true && !name.startsWith('aria-') ? '' : escaped(String(value))}"`;
}

/** The HTML of what a component returned. Every text and attribute is escaped; there is no way around it. */
export function toHtml(node: unknown): string {
  if (node == null || typeof node === 'boolean') return '';
  if (Array.isArray(node)) return node.map(toHtml).join('');
  if (!isPart(node)) return escaped(String(node));
  const { type, props } = node;
  if (typeof type === 'function') return toHtml(type(props));
  const start = `<${type}${Object.entries(props).map(attribute).join('')}>`;
  return VOID.has(type) && props.children == null ? start.replace(/>$/, '/>') : `${start}${toHtml(props.children)}</${type}>`;
}

export const jsx = (type: Part['type'], props: Props): Part => ({ type, props });
export const jsxs = jsx;
export const Fragment: Component = ({ children }) => children;
export const createElement = (type: Part['type'], props: Props | null, ...children: unknown[]) => jsx(type, children.length ? { ...props, children } : (props ?? {}));
export const forwardRef = (draw: (props: Props, ref: null) => unknown): Component => (props) => draw(props, null);
export const memo = <T>(component: T): T => component;

export const createContext = <T>(value: T) => ({ value, Provider: Fragment });
export const useContext = <T>(context: { value: T }): T => context.value;
export const useMemo = <T>(make: () => T): T => make();
export const useState = <T>(initial: T) => [initial, () => {}] as const;
export const useEffect = () => {};
export const useSyncExternalStore = <T>(_subscribe: unknown, get: () => T): T => get();
