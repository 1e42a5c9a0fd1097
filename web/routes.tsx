import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
} from '@tanstack/react-router';
import type { DataLayer } from './data/provider.tsx';
import { Broken, Missing } from './frame/Missing.tsx';
import { Shell } from './frame/Shell.tsx';
import { AccessScreen } from './screens/access/AccessScreen.tsx';
import { EnterScreen } from './screens/access/EnterScreen.tsx';
import { SignInScreen } from './screens/access/SignInScreen.tsx';
import { AlertScreen } from './screens/alert/AlertScreen.tsx';
import { DetectScreen } from './screens/detect/DetectScreen.tsx';
import { LineScreen } from './screens/line/LineScreen.tsx';
import { ApprovalsScreen } from './screens/monitor/ApprovalsScreen.tsx';
import { DesignScreen } from './screens/design/DesignScreen.tsx';
import { MonitorListScreen } from './screens/monitor/MonitorListScreen.tsx';
import { MonitorScreen } from './screens/monitor/MonitorScreen.tsx';
import { NoiseScreen } from './screens/monitor/NoiseScreen.tsx';
import { ReviewScreen } from './screens/monitor/ReviewScreen.tsx';
import { TrialsScreen } from './screens/monitor/TrialsScreen.tsx';
import { AssetScreen } from './screens/strategy/AssetScreen.tsx';
import { BringScreen } from './screens/strategy/BringScreen.tsx';
import { CharterScreen } from './screens/strategy/CharterScreen.tsx';
import { LossesScreen } from './screens/strategy/LossesScreen.tsx';
import { ObjectiveScreen } from './screens/strategy/ObjectiveScreen.tsx';
import { PilotScreen } from './screens/strategy/PilotScreen.tsx';
import { StrategyScreen } from './screens/strategy/StrategyScreen.tsx';
import { StartScreen } from './screens/start/StartScreen.tsx';
import { LabelScreen } from './screens/reading/LabelScreen.tsx';
import { ReadingScreen } from './screens/reading/ReadingScreen.tsx';
import { RoundScreen } from './screens/reading/RoundScreen.tsx';
import { TodayScreen } from './screens/today/TodayScreen.tsx';
import { AcquireScreen } from './screens/acquire/AcquireScreen.tsx';
import { AuditScreen } from './screens/audit/AuditScreen.tsx';
import { OutcomeScreen } from './screens/outcome/OutcomeScreen.tsx';
import { PlanScreen } from './screens/plan/PlanScreen.tsx';
import { ReportScreen } from './screens/report/ReportScreen.tsx';
import { ScanScreen } from './screens/scan/ScanScreen.tsx';
import { WaitingScreen } from './screens/waiting/WaitingScreen.tsx';
import { CaseScreen } from './screens/work/CaseScreen.tsx';
import { OrderScreen } from './screens/work/OrderScreen.tsx';
import { WorkScreen } from './screens/work/WorkScreen.tsx';

/** What a route may use before its screen stands. */
export interface RouteContext {
  layer: DataLayer;
}

export const rootRoute = createRootRouteWithContext<RouteContext>()({
  component: Shell,
  notFoundComponent: Missing,
  errorComponent: Broken,
});

const waitingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/waiting',
  component: WaitingScreen,
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  component: SignInScreen,
});
const enterRoute = createRoute({ getParentRoute: () => rootRoute, path: '/enter', component: EnterScreen });

/** Every shared part in every state, for those who build screens; in a shipped build only behind `?parts`. */
const partsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/parts',
  beforeLoad: ({ search }) => {
    if (!import.meta.env.DEV && !('parts' in search)) notFound({ throw: true });
  },
  component: lazyRouteComponent(() => import('./screens/parts/PartsScreen.tsx'), 'PartsScreen'),
});

const upToAlert = [
  screen('/', TodayScreen),
  screen('/line', LineScreen),
  screen('/strategy', StrategyScreen),
  screen('/strategy/asset/$assetId', AssetScreen),
  screen('/strategy/objective/$objectiveId', ObjectiveScreen),
  screen('/strategy/bring', BringScreen),
  screen('/strategy/losses', LossesScreen),
  screen('/strategy/pilot', PilotScreen),
  screen('/strategy/charter/$charterId', CharterScreen),
  screen('/start', StartScreen),
  screen('/label/$assetId', LabelScreen),
  screen('/reading/$signalId', ReadingScreen),
  screen('/round', RoundScreen),
  screen('/monitor', MonitorListScreen),
  screen('/monitor/approvals', ApprovalsScreen),
  screen('/monitor/trials', TrialsScreen),
  screen('/monitor/noise', NoiseScreen),
  screen('/monitor/$monitorId/review', ReviewScreen),
  screen('/monitor/new', DesignScreen),
  screen('/monitor/$monitorId', MonitorScreen),
  screen('/monitor/$monitorId/design', DesignScreen),
  screen('/detect', DetectScreen),
  screen('/alert', AlertScreen),
  screen('/alert/$alertId', AlertScreen),
];

const fromWorkOn = [
  screen('/work', WorkScreen),
  screen('/work/case/$caseId', CaseScreen),
  screen('/work/order/$orderId', OrderScreen),
  screen('/plan', PlanScreen),
  screen('/outcome', OutcomeScreen),
  screen('/acquire', AcquireScreen),
  screen('/access', AccessScreen),
  screen('/audit', AuditScreen),
  screen('/scan', ScanScreen),
  screen('/report', ReportScreen),
];

function screen(path: string, component: () => React.ReactNode) {
  return createRoute({ getParentRoute: () => rootRoute, path, component });
}

/** One line a screen. */
const routeTree = rootRoute.addChildren([
  signInRoute,
  enterRoute,
  waitingRoute,
  partsRoute,
  ...upToAlert,
  ...fromWorkOn,
]);

export function buildRouter(context: RouteContext) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: Broken,
    defaultNotFoundComponent: Missing,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof buildRouter>;
  }
}
