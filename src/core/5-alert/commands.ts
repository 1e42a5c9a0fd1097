import type { Command } from '#vocabulary/command.ts';
import type { AlertId, CrewId, MonitorId } from '#vocabulary/ids.ts';

export type Acknowledge = Command<'alert.acknowledge', { alertId: AlertId }>;
/** The proposer of a trial says what they would have done. */
export type AnswerTrial = Command<'alert.answer-trial', { alertId: AlertId; wouldGo: boolean }>;
/** News of later stages: a visit that found nothing, or only the sensor, cost the crew these hours. */
export type ChargeNoise = Command<
  'alert.charge-noise',
  { alertId: AlertId; monitorId: MonitorId; crewId: CrewId; hours: number }
>;

export type AlertCommand = Acknowledge | AnswerTrial | ChargeNoise;
