import { ImmutableString } from '@automerge/automerge/slim'
import type { LogId, WriterId } from '#schema/ids.ts'
import type { LateFrame, SealedLog } from '../log/sealed-log.ts'
import { textIn } from '../record/flat-fields.ts'

/** The home log's shard of what was decided about late frames: by `log/W`, `taken` or `left` and up to which seq. */
export const LATE_SHARD = 'late'

export type LateDocument = Record<string, ImmutableString>

const keyOf = (log: LogId, writer: WriterId) => `${log}/${writer}`

export function isDecided(doc: Readonly<LateDocument>, log: LogId, { writer, seq }: LateFrame): boolean {
  const upTo = Number(textIn(doc[keyOf(log, writer)])?.split(' ')[1] ?? -1)
  return seq <= upTo
}

/** Inside a change. */
export function putDecided(
  doc: LateDocument,
  log: LogId,
  frames: readonly LateFrame[],
  decision: 'taken' | 'left',
): void {
  for (const [writer, ofWriter] of Map.groupBy(frames, frame => frame.writer)) {
    doc[keyOf(log, writer)] = new ImmutableString(`${decision} ${Math.max(...ofWriter.map(({ seq }) => seq))}`)
  }
}

/** Whether `log` has frames that came too late. */
export function hasLate(log: SealedLog): boolean {
  return log.quarantine().some(({ reason }) => reason === 'past-cut')
}

/** Some of which nobody has decided yet whether they are taken in. */
export async function holdsUndecided(home: SealedLog, log: SealedLog): Promise<boolean> {
  if (!hasLate(log)) return false
  const decided = await home.read<LateDocument>(LATE_SHARD)
  return (await log.lateFrames()).some(frame => !isDecided(decided, log.id, frame))
}
