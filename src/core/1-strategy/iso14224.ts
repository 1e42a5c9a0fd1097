// Short codes of ISO 14224 with our own words for them; the standard's text is not copied here.

/** Failure modes: what is seen. */
export const FAILURE_MODES: Readonly<Record<string, string>> = {
  AIR: 'an instrument shows what cannot be',
  BRD: 'breaks down, needs repair',
  DOP: 'acts later than it should',
  ELP: 'leaks product or process medium outside',
  ELU: 'leaks oil, water or air outside',
  ERO: 'output swings',
  FTC: 'does not close',
  FTF: 'does not work when called on',
  FTO: 'does not open',
  FTS: 'does not start',
  FRO: 'does not turn',
  HIO: 'gives too much',
  IHT: 'passes too little heat',
  INL: 'leaks inside',
  LBP: 'oil pressure is too low',
  LCP: 'leaks although closed',
  LOA: 'loses its load',
  LOO: 'gives too little',
  LOR: 'the stand-by is gone',
  NOI: 'makes a noise it should not',
  NOO: 'gives nothing',
  OHE: 'runs too hot',
  PDE: 'a process value drifts',
  PLU: 'is plugged or choked',
  SER: 'small defect, still in service',
  SPO: 'acts without being called on',
  STD: 'is cracked, bent or stretched',
  STP: 'does not stop',
  UST: 'stops without a reason',
  VIB: 'vibrates too much',
  OTH: 'something else',
  UNK: 'not known',
};

/** Mechanisms: the physical process behind it, group and digit. */
export const MECHANISMS: Readonly<Record<string, string>> = {
  '1.0': 'mechanical, general',
  '1.1': 'leakage',
  '1.2': 'vibration',
  '1.3': 'clearance or alignment',
  '1.4': 'deformation',
  '1.5': 'looseness',
  '1.6': 'sticking',
  '2.0': 'material, general',
  '2.1': 'cavitation',
  '2.2': 'corrosion',
  '2.3': 'erosion',
  '2.4': 'wear',
  '2.5': 'breakage',
  '2.6': 'fatigue',
  '2.7': 'overheating',
  '2.8': 'burst',
  '3.0': 'instrument',
  '4.0': 'electrical',
  '5.0': 'from outside: blockage, contamination',
  '6.0': 'not found, or several',
};

/** Causes: why it could begin. */
export const CAUSES: readonly string[] = [
  'design',
  'fabrication or installation',
  'off-design service',
  'operating error',
  'maintenance error',
  'wear and tear',
  'management',
  'other',
];

/** Detection methods: how it came to light. */
export const DETECTIONS: readonly string[] = [
  'periodic maintenance',
  'functional test',
  'inspection',
  'periodic condition monitoring',
  'continuous condition monitoring',
  'production interference',
  'casual observation',
  'during corrective work',
  'on demand',
  'other',
];
