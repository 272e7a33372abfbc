import type { ComponentChildren } from 'preact';
import { printable } from '../../../wording/printable.js';

/** One of several, with its label. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: ComponentChildren;
  value: Value;
  /** Each value, and what it is called. */
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value) => void;
}) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value as Value)}>
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {printable(words)}
          </option>
        ))}
      </select>
    </label>
  );
}
