import './agree.css';

const TABS = [
  { id: 'monitors', words: 'Monitors', href: '/monitor' },
  { id: 'approvals', words: 'Approvals', href: '/monitor/approvals' },
  { id: 'trials', words: 'Trials', href: '/monitor/trials' },
  { id: 'noise', words: 'Noise budget', href: '/monitor/noise' },
] as const;

/** The pages on which people agree about monitors, beside each other. */
export function AgreeTabs({ here }: { here: (typeof TABS)[number]['id'] }) {
  return (
    <nav className="agree-tabs" aria-label="Pages about monitors">
      {TABS.map((tab) => (
        <a key={tab.id} href={tab.href} {...(tab.id === here ? { 'aria-current': 'page' as const } : {})}>
          {tab.words}
        </a>
      ))}
    </nav>
  );
}
