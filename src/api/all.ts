import { acquireRoutes } from './acquire.ts';
import { historyRoutes } from './acquire-history.ts';
import { handRoutes } from './acquire-hand.ts';
import { alertRoutes } from './alert.ts';
import { auditRoutes } from './audit.ts';
import { detectRoutes } from './detect.ts';
import { lineRoutes } from './line.ts';
import { monitorAgreementRoutes } from './monitor-agreement.ts';
import { monitorOwnershipRoutes } from './monitor-ownership.ts';
import { monitorRoutes } from './monitor.ts';
import { designRoutes } from './monitor-design.ts';
import { backtestRoutes } from './monitor-backtest.ts';
import { answerRoutes } from './monitor-answers.ts';
import { outcomeRoutes } from './outcome.ts';
import { planRoutes } from './plan.ts';
import type { Route } from './route.ts';
import { strategyRoutes } from './strategy.ts';
import { todayRoutes } from './today.ts';
import { workRoutes } from './work.ts';

/** Routes of every stage word; one more list is one line. Access brings its own. */
export const apiRoutes: readonly (readonly Route[])[] = [
  todayRoutes,
  lineRoutes,
  strategyRoutes,
  monitorAgreementRoutes,
  monitorOwnershipRoutes,
  monitorRoutes,
  answerRoutes,
  backtestRoutes,
  designRoutes,
  acquireRoutes,
  handRoutes,
  historyRoutes,
  detectRoutes,
  alertRoutes,
  workRoutes,
  planRoutes,
  outcomeRoutes,
  auditRoutes,
];
