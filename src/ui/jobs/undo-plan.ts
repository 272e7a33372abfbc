import type { UndoPlan } from '../../run/undo/undo-plan.js';
import { leftCountsOf } from '../../wording/left-as-is.js';
import type { UndoPlanView } from '../wire.js';

/** What an undo would do, as the page asks about it. @param contacts that it would take back */
export function undoPlanView(plan: UndoPlan, contacts: number): UndoPlanView {
  const { toDelete, toSetBack, left, laterSheets, beyondUndo } = plan;
  const { at: importedAt, sheet = null, api } = plan.import;
  return {
    ...{ importedAt, sheet, host: new URL(api).host, contacts, toDelete, toSetBack },
    ...{ left: left.length, leftBecause: leftCountsOf(left), laterSheets, beyondUndo },
  };
}
