import {
  Button,
  type CSSVariablesResolver,
  createTheme,
  Loader,
  type MantineColorsTuple,
  Modal,
  rem,
  Tooltip,
} from '@mantine/core';
import { WordLoader } from './parts/WordLoader.tsx';

/** Mantine's scales point at the tokens, so that light and dark change in one place. */
const petrol: MantineColorsTuple = [
  'var(--accent-soft)',
  'var(--accent-soft)',
  'var(--accent-soft)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent-2)',
  'var(--accent-2)',
];
const gray: MantineColorsTuple = [
  'var(--canvas)',
  'var(--canvas)',
  'var(--hair)',
  'var(--hair)',
  'var(--edge)',
  'var(--edge)',
  'var(--text-3)',
  'var(--text-2)',
  'var(--text-2)',
  'var(--text)',
];
const dark: MantineColorsTuple = [
  'var(--text)',
  'var(--text-2)',
  'var(--text-3)',
  'var(--edge)',
  'var(--hair)',
  'var(--hair)',
  'var(--raised)',
  'var(--surface)',
  'var(--canvas)',
  'var(--sunken)',
];

const sizes = {
  xs: rem(24),
  sm: rem(32),
  md: rem(40),
  lg: rem(48),
  xl: rem(56),
};

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 4 },
  colors: { petrol, gray, dark },
  fontFamily: 'var(--font)',
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  defaultRadius: 'md',
  radius: { xs: rem(4), sm: rem(4), md: rem(8), lg: rem(12), xl: rem(12) },
  spacing: { xs: rem(4), sm: rem(8), md: rem(16), lg: rem(24), xl: rem(32) },
  fontSizes: { xs: rem(11), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(24) },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm', variant: 'default' },
      vars: (_theme, props) => ({
        root: {
          '--button-height': `max(${sizes[(props.size ?? 'sm') as keyof typeof sizes] ?? rem(32)}, var(--target))`,
          '--button-padding-x': props.size === 'md' || props.size === 'lg' ? rem(16) : rem(12),
          '--button-fz': props.size === 'md' || props.size === 'lg' ? 'var(--fs-body)' : 'var(--fs-table)',
          '--button-hover': props.variant === 'filled' ? 'var(--accent-2)' : undefined,
          '--button-color': props.variant === 'filled' ? 'var(--on-accent)' : undefined,
        },
      }),
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400 } }),
    Modal: Modal.extend({ defaultProps: { radius: 'lg', transitionProps: { duration: 120 } } }),
    Loader: Loader.extend({ defaultProps: { loaders: { word: WordLoader }, type: 'word' } }),
  },
});

/** The one place where Mantine's names meet the tokens. */
export const variables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-white': 'var(--raised)',
    '--mantine-color-black': 'var(--text)',
    '--mantine-color-body': 'var(--canvas)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-bright': 'var(--text)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-dimmed': 'var(--text-3)',
    '--mantine-color-error': 'var(--text)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--raised)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--edge)',
    '--mantine-color-disabled': 'var(--surface)',
    '--mantine-color-disabled-color': 'var(--text-3)',
    '--mantine-color-disabled-border': 'var(--edge)',
    '--mantine-color-petrol-light': 'var(--accent-soft)',
    '--mantine-color-petrol-light-hover': 'var(--accent-soft)',
    '--mantine-color-petrol-light-color': 'var(--accent)',
    '--mantine-color-petrol-filled': 'var(--accent)',
    '--mantine-color-petrol-filled-hover': 'var(--accent-2)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-shadow-md': 'var(--pop)',
    '--mantine-shadow-xl': 'var(--pop)',
  };
  return { variables: {}, light: both, dark: both };
};
