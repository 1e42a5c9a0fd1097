import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { AssetSheetView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { shortId } from '../../format/id.ts';
import { usePlant } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useStanding } from '../../frame/standing.tsx';
import { QrCode } from '../../parts/QrCode.tsx';
import { TEXTS } from './texts.ts';
import './reading.css';

const CODE_PX = 132;

/** One label for the machine, one for each reading by hand; printed without anything around them. */
export function LabelScreen() {
  useStanding('strategy');
  const { assetId = '' }: { assetId?: string } = useParams({ strict: false });
  const path = `/api/v1/strategy/asset/${encodeURIComponent(assetId)}`;
  const sheet = useQuery(reading<AssetSheetView>('strategy', path));
  return (
    <>
      <PageHead
        question={TEXTS.labelQuestion(sheet.data?.name ?? shortId(assetId))}
        under={TEXTS.labelUnder}
        findless
        tools={
          <Button variant="filled" data-main-action="" onClick={() => window.print()}>
            {TEXTS.print}
          </Button>
        }
      />
      <Answered query={sheet} rows={4}>
        {(view) => (
          <ul className="labels">
            <Label view={view} words={TEXTS.labelAsset} path={`/strategy/asset/${view.assetId}`} />
            {view.signals
              .filter((signal) => signal.hand)
              .map((signal) => (
                <Label
                  key={signal.signalId}
                  view={view}
                  words={`${TEXTS.labelRead}: ${signal.name}`}
                  path={`/reading/${signal.signalId}`}
                />
              ))}
          </ul>
        )}
      </Answered>
    </>
  );
}

function Label({ view, words, path }: { view: AssetSheetView; words: string; path: string }) {
  const plant = usePlant();
  const address = `${window.location.origin}${path}`;
  return (
    <li className="label">
      <QrCode text={address} size={CODE_PX} name={`${words}: ${address}`} />
      <span>
        <span className="small">{plant.name}</span>
        <b>{shortId(view.assetId)}</b>
        <span>{view.name}</span>
        <span className="small">{words}</span>
      </span>
    </li>
  );
}
