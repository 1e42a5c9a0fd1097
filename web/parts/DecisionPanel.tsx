import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Panel } from './Panel.tsx';
import './decision-panel.css';

export interface Choice {
  words: string;
  onChoose?: () => void;
  href?: string;
  busy?: boolean;
  /** Says why it cannot be done now; the button stays readable and refuses. */
  blocked?: string;
}

/** A question, by when, what it costs either way, one filled button, and what happens without an answer. */
export function DecisionPanel(props: {
  question: string;
  by?: ReactNode;
  answer: ReactNode;
  /** A drawing or facts between answer and costs. */
  children?: ReactNode;
  facts?: readonly { word: string; value: ReactNode }[];
  costs?: readonly { words: string; amount: ReactNode }[];
  /** Absent when the person who looks is not asked. */
  act?: Choice;
  /** At most two plain ones. */
  others?: readonly [Choice] | readonly [Choice, Choice];
  /** A form that a choice opened, or why the plant refused it. */
  below?: ReactNode;
  silence: ReactNode;
}) {
  return (
    <Panel title={props.question} aside={props.by} className="decision">
      <p className="quiet">{props.answer}</p>
      {props.children}
      {props.facts ? (
        <dl>
          {props.facts.map((fact) => (
            <div key={fact.word}>
              <dt>{fact.word}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {props.costs ? (
        <div className="decision-costs">
          {props.costs.map((cost) => (
            <p key={cost.words}>
              <span>{cost.words}</span>
              <b>{cost.amount}</b>
            </p>
          ))}
        </div>
      ) : null}
      {props.act ? (
        <div className="decision-acts">
          <ChoiceButton choice={props.act} main />
          {props.others?.map((choice) => (
            <ChoiceButton key={choice.words} choice={choice} />
          ))}
        </div>
      ) : null}
      {props.act?.blocked ? <p className="decision-blocked">{props.act.blocked}</p> : null}
      {props.below ? <div className="decision-below">{props.below}</div> : null}
      <p className="decision-silence">{props.silence}</p>
    </Panel>
  );
}

function ChoiceButton(props: { choice: Choice; main?: boolean }) {
  const { choice } = props;
  const shared = {
    variant: props.main ? 'filled' : 'default',
    size: props.main ? 'md' : 'sm',
    disabled: choice.blocked !== undefined,
    className: props.main ? 'decision-main' : '',
    ...(props.main ? { 'data-main-action': true } : {}),
  };
  const words = choice.busy ? 'Working' : choice.words;
  if (choice.href && !choice.blocked) {
    return (
      <Button component="a" href={choice.href} {...shared}>
        {words}
      </Button>
    );
  }
  return (
    <Button {...shared} {...(choice.onChoose ? { onClick: choice.onChoose } : {})} aria-busy={choice.busy}>
      {words}
    </Button>
  );
}
