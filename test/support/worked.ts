/** How long this process worked on something, in ms, however long others kept it from that. */
export function workedMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
}
