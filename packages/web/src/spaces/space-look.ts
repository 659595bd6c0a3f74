import {
  Baby,
  Bike,
  BookOpen,
  Camera,
  Code,
  Coffee,
  CookingPot,
  Dog,
  Dumbbell,
  Film,
  FlaskConical,
  Gift,
  GraduationCap,
  Hash,
  Heart,
  House,
  Inbox,
  KeyRound,
  Languages,
  Leaf,
  Map as MapIcon,
  Music,
  NotebookPen,
  Palette,
  Plane,
  Scale,
  Server,
  ShoppingBasket,
  Sprout,
  Star,
  Stethoscope,
  Sun,
  Terminal,
  TramFront,
  Wallet,
  Wrench,
  type IconNode,
} from '../icons/icons.ts';

/** Names of the colours that a space may have; each is a class of the style sheet. */
export const hues = [
  'clay',
  'amber',
  'olive',
  'moss',
  'teal',
  'sky',
  'iris',
  'plum',
  'rose',
  'stone',
] as const;
export type Hue = (typeof hues)[number];

/** Icons that a space may have, by the names that lie in its data. */
export const glyphs: Readonly<Record<string, IconNode>> = {
  sun: Sun,
  sprout: Sprout,
  leaf: Leaf,
  house: House,
  'key-round': KeyRound,
  server: Server,
  terminal: Terminal,
  code: Code,
  'notebook-pen': NotebookPen,
  'book-open': BookOpen,
  languages: Languages,
  'graduation-cap': GraduationCap,
  'cooking-pot': CookingPot,
  coffee: Coffee,
  'shopping-basket': ShoppingBasket,
  gift: Gift,
  heart: Heart,
  baby: Baby,
  dog: Dog,
  stethoscope: Stethoscope,
  dumbbell: Dumbbell,
  bike: Bike,
  plane: Plane,
  'tram-front': TramFront,
  map: MapIcon,
  wallet: Wallet,
  scale: Scale,
  wrench: Wrench,
  'flask-conical': FlaskConical,
  palette: Palette,
  camera: Camera,
  music: Music,
  film: Film,
  star: Star,
  hash: Hash,
  inbox: Inbox,
};

interface Looked {
  readonly id: string;
  readonly colour: string | null;
  readonly icon: string | null;
}

/** One that was never chosen follows from the id, so that it's the same on every device. */
export function hueOf({ id, colour }: Looked): Hue {
  const chosen = hues.find((hue) => hue === colour);
  return chosen ?? hues[Number.parseInt(id.slice(-4), 16) % hues.length] ?? 'stone';
}

export function glyphOf({ icon }: Looked): IconNode {
  return (icon !== null && Object.hasOwn(glyphs, icon) ? glyphs[icon] : undefined) ?? Hash;
}
