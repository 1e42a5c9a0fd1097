export type OrderPage = 'facts' | 'finding' | 'finish';
