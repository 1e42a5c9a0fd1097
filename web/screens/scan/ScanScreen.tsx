import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { AssetView } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { readStrategy } from '../../frame/session.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { assetOnLabel, assetsLike } from './label.ts';
import { TEXTS } from './texts.ts';
import './scan.css';

/** From the number on a machine's label to its page. */
export function ScanScreen() {
  const strategy = useQuery(readStrategy);
  return (
    <>
      <PageHead question={TEXTS.question} under={TEXTS.under} />
      <Answered query={strategy} rows={3}>
        {(view) => <Label assets={view.assets} />}
      </Answered>
    </>
  );
}

function Label({ assets }: { assets: readonly AssetView[] }) {
  const router = useRouter();
  const [label, setLabel] = useState('');
  const [unknown, setUnknown] = useState<string | null>(null);
  const like = assetsLike(assets, label);
  const open = (event: FormEvent) => {
    event.preventDefault();
    const asset = assetOnLabel(assets, label) ?? (like.length === 1 ? like[0] : undefined);
    if (asset) router.history.push(`/strategy/asset/${encodeURIComponent(asset.assetId)}`);
    else setUnknown(label.trim());
  };
  return (
    <Panel>
      <form className="scan" onSubmit={open}>
        <TextInput
          label={TEXTS.label}
          value={label}
          onChange={(event) => {
            setLabel(event.currentTarget.value);
            setUnknown(null);
          }}
          placeholder={assets[0] ? shortId(assets[0].assetId) : ''}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={300}
        />
        <Button type="submit" variant="filled" size="lg" data-main-action disabled={label.trim() === ''}>
          {TEXTS.open}
        </Button>
      </form>
      {unknown !== null && like.length === 0 ? (
        <>
          <Failure
            title={TEXTS.none}
            detail={TEXTS.noneDetail(unknown)}
            mend={TEXTS.noneMend}
            code="E-WEB-005"
          />
          <a className="link" href="/strategy">
            {TEXTS.list}
          </a>
        </>
      ) : null}
      {like.length > 0 ? (
        <section className="scan-like" aria-label={TEXTS.like}>
          <p className="small mute">{TEXTS.like}</p>
          <ul>
            {like.map((asset) => (
              <li key={asset.assetId} data-row="" tabIndex={-1}>
                <a href={`/strategy/asset/${asset.assetId}`}>
                  <b>{shortId(asset.assetId)}</b> {asset.name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <p className="small mute">{TEXTS.camera}</p>
    </Panel>
  );
}
