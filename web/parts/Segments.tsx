import './segments.css';

/** Two to four views of the same thing, one of them chosen. */
export function Segments<Id extends string>(props: {
  name: string;
  options: readonly { id: Id; words: string }[];
  chosen: Id;
  onChoose: (id: Id) => void;
}) {
  return (
    <fieldset className="segments">
      <legend className="unseen">{props.name}</legend>
      {props.options.map((option) => (
        <button
          key={option.id}
          type="button"
          aria-pressed={option.id === props.chosen}
          onClick={() => props.onChoose(option.id)}
        >
          {option.words}
        </button>
      ))}
    </fieldset>
  );
}
