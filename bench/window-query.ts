// The rule of a limit as one SQL query with windows, for whoever would rather ask a database.
import type { DuckDBConnection } from '@duckdb/node-api';

export interface QueryRule {
  limit: number;
  deadband: number;
  onDelayMs: number;
  offDelayMs: number;
  staleMs: number;
  quietMs: number;
}

/** What the query says of one alert; times in ms since 1970. */
export interface QueryAlert {
  raisedMs: number;
  clearedMs: number | null;
  extreme: number;
  /** number of its notification, from 1 */
  notification: number;
}

/**
 * A high limit on columns `t` and `v` of a Parquet file: missing, late and repeated rows left out in file order; the
 * side with its deadband; stretches of one side without a gap; those that outlast their delay, to the end of the
 * stale limit after a last sample; of these each first one after the other side; the worst value; alerts within the
 * quiet time joined. It knows no stamps from the future.
 */
export async function queryAlerts(
  connection: DuckDBConnection,
  path: string,
  rule: QueryRule,
): Promise<QueryAlert[]> {
  const result = await connection.run(windowQuery(path, rule));
  return (await result.getRows()).map(([raised, cleared, extreme, notification]) => ({
    raisedMs: Number(raised),
    clearedMs: cleared === null ? null : Number(cleared),
    extreme: Number(extreme),
    notification: Number(notification),
  }));
}

function windowQuery(path: string, rule: QueryRule): string {
  const { limit, deadband, onDelayMs, offDelayMs, staleMs, quietMs } = rule;
  return `
    WITH good AS (
      SELECT file_row_number AS n, epoch_ms(t) AS t, v
      FROM read_parquet('${path}', file_row_number = true) WHERE isfinite(v)
    ), seen AS (
      SELECT n, t, v, max(t) OVER (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS last FROM good
    ), taken AS (
      SELECT t, v, last IS NULL OR t - last > ${staleMs} AS fresh FROM seen WHERE last IS NULL OR t > last
    ), sided AS (
      SELECT t, v, fresh,
        coalesce(last_value(CASE WHEN v >= ${limit} THEN 1 WHEN v < ${limit - deadband} THEN 0 END IGNORE NULLS)
          OVER (ORDER BY t), 0) AS side
      FROM taken
    ), turned AS (
      SELECT *, fresh OR side <> lag(side) OVER (ORDER BY t) AS turn FROM sided
    ), numbered AS (
      SELECT *, sum(turn::INT) OVER (ORDER BY t) AS stretch FROM turned
    ), stretches AS (
      SELECT stretch, any_value(side) AS side, min(t) AS since, max(t) AS seen, max(v) AS top, bool_or(fresh) AS fresh
      FROM numbered GROUP BY stretch
    ), held AS (
      SELECT *,
        CASE WHEN NOT lead(fresh, 1, true) OVER line THEN lead(since) OVER line ELSE seen + ${staleMs} END AS until
      FROM stretches WINDOW line AS (ORDER BY stretch)
    ), changed AS (
      SELECT stretch, side, since FROM held
      WHERE until >= since + CASE side WHEN 1 THEN ${onDelayMs} ELSE ${offDelayMs} END
      QUALIFY side <> lag(side, 1, 0) OVER (ORDER BY stretch)
    ), alert AS (
      SELECT stretch, since + ${onDelayMs} AS raised, lead(since) OVER line + ${offDelayMs} AS cleared,
        lead(stretch) OVER line AS until
      FROM changed WINDOW line AS (ORDER BY stretch) QUALIFY side = 1
    ), worst AS (
      SELECT raised, any_value(cleared) AS cleared, max(top) AS extreme
      FROM alert JOIN stretches s ON s.stretch >= alert.stretch AND (alert.until IS NULL OR s.stretch < alert.until)
      GROUP BY raised
    ), after AS (SELECT *, lag(cleared) OVER (ORDER BY raised) AS before FROM worst)
    SELECT raised::DOUBLE, cleared::DOUBLE, extreme,
      (sum(CASE WHEN raised <= before + ${quietMs} THEN 0 ELSE 1 END) OVER (ORDER BY raised))::DOUBLE
    FROM after ORDER BY raised`;
}
