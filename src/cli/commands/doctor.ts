import type { Command } from 'commander';
import { EXIT } from '../../errors.js';
import type { Settings } from '../../settings/settings.js';
import type { Checked } from '../doctor/checks.js';
import type { DoctorFinding } from '../doctor/finding.js';
import { answeredInJson } from '../ended.js';
import { follow, type Follower } from '../follow/follow.js';
import { print, printJson } from '../output.js';
import { untilSignal } from '../process/signals.js';
import { addSettings, settingsOf } from '../settings-options.js';

export function registerDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description(
      'Checks what an import relies on: Node, key, scopes, bots, clock, limit, folder. Changes nothing without --probe.',
    );
  addSettings(command, 'doctor').action(async () => {
    process.exitCode = await runDoctor(settingsOf(command, 'doctor'));
  });
}

async function runDoctor(settings: Settings): Promise<number> {
  if (settings.probe === true) (await import('../doctor/probing.js')).requireAsking(settings);
  const start = new Date().toISOString();
  const watched = follow(settings, 'Checking');
  try {
    const { checkAll } = await import('../doctor/checks.js');
    const asking = (signal: AbortSignal): Promise<Checked> => checkAll(settings, watched.listener, signal);
    const checked = await untilSignal('Nothing was changed.', asking);
    const { ofProbe, exitStatus, ...rest } = await lookDeeper(settings, checked, watched);
    watched.close();
    const findings = [...checked.findings, ...ofProbe];
    if (settings.json === true) printJson(answeredInJson(start, { findings, ...rest }, exitStatus));
    else {
      const { findingsInWords } = await import('../views/doctor-words.js');
      print(findingsInWords(findings));
    }
    return exitStatus;
  } finally {
    watched.close();
  }
}

interface Deeper {
  readonly ofProbe: readonly DoctorFinding[];
  readonly exitStatus: number;
  /** What is known by probing, for a program. */
  readonly probe?: object | undefined;
}

/** What probing shows: now, where it was asked for, else when it was done last. */
async function lookDeeper(settings: Settings, checked: Checked, watched: Follower): Promise<Deeper> {
  const { exitStatus, workspace } = checked;
  const isAsked = settings.probe === true;
  const { earlierFindings, resultFindings } = await import('../doctor/probe-findings.js');
  if (isAsked && exitStatus === EXIT.ok) {
    const { probeExitStatus, runProbe } = await import('../doctor/probing.js');
    const result = await runProbe(settings, watched);
    const { confirmed, probed, left } = result;
    const probe = confirmed ? { ...probed, left } : undefined;
    return { ofProbe: resultFindings(result), exitStatus: probeExitStatus(result), probe };
  }
  if (workspace === undefined) return { ofProbe: earlierFindings(undefined, undefined, isAsked), exitStatus };
  const [{ readProbeFile }, { throwAwayOf }] = await Promise.all([
    import('../../run/probe/probe-file.js'),
    import('../../run/probe/throw-away.js'),
  ]);
  const { probed, open } = await readProbeFile(workspace, undefined);
  const left = open && { email: throwAwayOf(open.token).emails[0], ids: open.ids };
  return { ofProbe: earlierFindings(probed, left, isAsked), exitStatus, probe: probed };
}
