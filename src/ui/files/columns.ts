/** The columns of a file as a person decides them: what each becomes, and what becomes of its values. */
import { createColumnProfile, profiledColumns } from '../../mapping/compile/profile.js';
import { compileMapping } from '../../mapping/compile/compile.js';
import { applyMappingFile, toMappingFile } from '../../mapping/file/apply-file.js';
import type { FileColumn } from '../../mapping/file/mapping-file.js';
import { displayHeader } from '../../mapping/header.js';
import { becomes, FIELD_NAMES, type ColumnMapping, type InferredMapping, type Target } from '../../mapping/mapping.js';
import { describeColumns, reasonOf, wordOfTarget } from '../../mapping/propose.js';
import { decidedIn, sheetOf, writeMapping } from '../../run/map.js';
import { columnReason } from '../../wording/fields.js';
import { OpenedFile } from '../../run/reading/reading.js';
import { defaultPaths, type ReadingOptions } from '../../run/settings.js';
import type { PlannedColumn } from '../../run/plan/planned-columns.js';
import type { ColumnChoice, ColumnView, MappingView, SampleView } from '../wire.js';

/** A column that stands beside the one that is looked at, so that its row is somebody. */
const SOMEBODY = 'somebody@example.com';

/** The columns, undecided ones told; with what the whole file says of them, where it was planned. */
export function mappingView(file: OpenedFile, planned: readonly PlannedColumn[] | undefined): MappingView {
  const described = describeColumns(file.mapping, file.settings.unmapped, file.settings.persons);
  const columns = file.mapping.columns.map((column, at): ColumnView => {
    const { target } = column;
    const whole = planned?.[at];
    const kind = target.kind === 'field' && target.field === 'deal_value' ? 'money' : 'date';
    const ambiguous = whole?.ambiguous ?? 0;
    const madeName = `Column ${column.index + 1}`;
    return {
      index: column.index,
      header: displayHeader(column.header) || madeName,
      to: wordOfTarget(target),
      sentAs: described[at]?.field ?? null,
      reason: columnReason(reasonOf(column)),
      isUndecided: target.kind === 'undecided' || ambiguous > 0,
      suggestions: column.suggestions,
      samples: previewOf(file, column),
      fillRate: whole?.fillRate ?? column.fillRate,
      open: ambiguous > 0 ? { kind, values: ambiguous } : null,
      decimal: target.kind === 'field' ? (target.decimal ?? null) : null,
      dates: target.kind === 'custom' ? (target.dateOrder ?? null) : null,
      ways: waysOf(file, column),
    };
  });
  return { columns, fields: FIELD_NAMES };
}

/** What would become of a column's values, were it what somebody chooses. @throws ImporterError `bad_mapping` */
export function previewChoice(file: OpenedFile, choice: ColumnChoice): readonly SampleView[] {
  const changed = withChoices(file, [choice]).columns.find(({ index }) => index === choice.index);
  return changed === undefined ? [] : previewOf(file, changed);
}

/**
 * Writes the mapping file: what was chosen, and the rest as it is; where nothing is, with what the file decides by itself.
 * @throws ImporterError `bad_mapping`, `not_writable`
 */
export async function saveMapping(options: ReadingOptions, choices: readonly ColumnChoice[]): Promise<void> {
  const file = await OpenedFile.open(options);
  try {
    const path = options.mapping ?? defaultPaths(options.file, options).mapping;
    const { mapping, settings } = file;
    // What the whole file shows of its amounts and dates is read once, where it is sent.
    const chosen = choices.length === 0 ? await decidedIn(file, mapping, options.signal) : withChoices(file, choices);
    await writeMapping({ path, settings, sheet: sheetOf(file) }, chosen);
  } finally {
    await file.close();
  }
}

function withChoices(file: OpenedFile, choices: readonly ColumnChoice[]): InferredMapping {
  const { mapping, dialect } = file;
  const said = toMappingFile(mapping, {});
  const byIndex = new Map(choices.map((choice) => [choice.index, choice]));
  const columns = said.columns.map((column, at): FileColumn => {
    const choice = byIndex.get(mapping.columns[at]?.index ?? -1);
    return choice === undefined ? column : chosenColumn(column, choice);
  });
  return applyMappingFile({ ...said, columns }, { header: dialect.header, samples: dialect.sampleRecords }).mapping;
}

function chosenColumn({ header, occurrence }: FileColumn, { to, decimal, dates }: ColumnChoice): FileColumn {
  const isCustom = to.startsWith('custom:');
  return {
    header,
    occurrence,
    to,
    ...(to === 'deal_value' && decimal !== undefined && decimal !== null ? { decimal } : {}),
    ...(isCustom && dates !== undefined && dates !== null ? { dates, type: 'date' as const } : {}),
  };
}

function previewOf(file: OpenedFile, column: ColumnMapping): SampleView[] {
  const { target } = column;
  if (
    target.kind === 'ignore' ||
    target.kind === 'unmapped' ||
    target.kind === 'undecided' ||
    target.kind === 'pipeline_stage'
  ) {
    return column.samples.map((from) => ({ from, to: null, problem: null }));
  }
  const beside: ColumnMapping = {
    ...column,
    index: 1,
    header: 'Somebody',
    target: { kind: 'field', field: 'emails', position: 'last' },
  };
  // A phone without + is read as one of its row's country.
  const countries = file.mapping.columns.filter((one) => one.index !== column.index && becomes('country')(one));
  const moved = countries.map((one, at) => ({ ...one, index: at + 2 }));
  const mapping: InferredMapping = { columns: [{ ...column, index: 0 }, beside, ...moved] };
  const profile = createColumnProfile(profiledColumns(mapping, 'ignore'));
  for (const [ordinal, { cells }] of file.dialect.sampleRecords.entries())
    profile.observe(ordinal, [cells[column.index] ?? '']);
  const map = compileMapping(mapping, { ...file.settings, onInvalid: 'reject' }, profile.conventions());
  return column.samples.map((from) => {
    const row = file.dialect.sampleRecords.find(({ cells }) => (cells[column.index] ?? '').trim() === from.trim());
    const { contact, problems } = map({
      line: 0,
      cells: [from, SOMEBODY, ...countries.map(({ index }) => row?.cells[index] ?? '')],
    });
    const problem = problems[0]?.message ?? null;
    return { from, to: problem === null ? valueOf(contact, target) : null, problem };
  });
}

/** The first value that is one thing in one way and another in the other. */
function waysOf(file: OpenedFile, column: ColumnMapping): ColumnView['ways'] {
  const { target } = column;
  const targets: readonly (readonly ['point' | 'comma' | 'dmy' | 'mdy', Target])[] =
    target.kind === 'field' && target.field === 'deal_value'
      ? (['point', 'comma'] as const).map((way) => [way, { ...target, decimal: way }] as const)
      : target.kind === 'custom'
        ? (['dmy', 'mdy'] as const).map((way) => [way, { ...target, type: 'date', dateOrder: way }] as const)
        : [];
  if (targets.length === 0) return [];
  const readings = targets.map(([way, to]) => ({ way, samples: previewOf(file, { ...column, target: to }) }));
  const at = column.samples.findIndex((_, sample) => {
    const values = readings.map(({ samples }) => samples[sample]?.to ?? null);
    return values.every((value) => value !== null) && new Set(values).size === values.length;
  });
  return readings.flatMap(({ way, samples }) => {
    const { from, to = null } = samples[at] ?? { from: '' };
    return to === null ? [] : [{ way, from, to }];
  });
}

function valueOf(contact: object, target: Target): string | null {
  const fields = contact as Readonly<Record<string, unknown>>;
  if (target.kind === 'name') return [fields.first_name, fields.last_name].filter(Boolean).join(' · ');
  const value =
    target.kind === 'custom'
      ? (fields.custom_fields as Readonly<Record<string, unknown>> | undefined)?.[target.key]
      : target.kind === 'field'
        ? fields[target.field]
        : undefined;
  const values = (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
    (one) => one !== undefined && one !== SOMEBODY,
  );
  return values.length === 0 ? null : values.map(String).join(', ');
}
