import type { SigningKey } from '#crypto/keys.ts'
import type { LogId } from '#schema/ids.ts'
import { MAX_WATCH_LOGS } from '#schema/protocol/stream.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Clock, RelayLink } from '../ports.ts'
import { StreamClient, type Told } from './stream-client.ts'

/** Logs of one holder key, each with the cursor that is known of it. */
export interface AskedLogs {
  readonly holder: SigningKey
  readonly logs: readonly { readonly logId: LogId; readonly cursor: number }[]
}

export interface WhatMoved {
  /** Where the cursor is another one now. */
  readonly moved: ReadonlyMap<LogId, number>
  /** What may not be read (any more). */
  readonly refused: ReadonlySet<LogId>
}

/** The relay takes at most 256 keys of one socket. */
const HOLDERS_AT_ONCE = 200

/** Asks which of many logs have anything new, without fetching any of it: one socket for some two hundred keys, one after another. */
export async function whatMoved(
  deps: { readonly link: RelayLink; readonly clock: Clock },
  asked: readonly AskedLogs[],
): Promise<Result<WhatMoved, 'unreachable'>> {
  const moved = new Map<LogId, number>()
  const refused = new Set<LogId>()
  for (const batch of inBatches(asked)) {
    const answer = await askBatch(deps, batch, told => {
      if (told.type === 'moved') for (const { logId, cursor } of told.logs) moved.set(logId, cursor)
      if (told.type === 'unwatched') refused.add(told.logId)
    })
    if (!answer.ok) return answer
  }
  return ok({ moved, refused })
}

function inBatches(asked: readonly AskedLogs[]): AskedLogs[][] {
  const batches: AskedLogs[][] = []
  let logs = 0
  for (const each of asked.filter(one => one.logs.length > 0)) {
    const last = batches.at(-1)
    logs += each.logs.length
    if (last === undefined || last.length >= HOLDERS_AT_ONCE || logs > MAX_WATCH_LOGS) {
      batches.push([each])
      logs = each.logs.length
    } else last.push(each)
  }
  return batches
}

async function askBatch(
  { link, clock }: { readonly link: RelayLink; readonly clock: Clock },
  batch: readonly AskedLogs[],
  told: (message: Told) => void,
): Promise<Result<void, 'unreachable'>> {
  const [first, ...others] = batch
  if (first === undefined) return ok(undefined)
  const ready = Promise.withResolvers<boolean>()
  const stream = new StreamClient(link, first.holder, clock, {
    ready: () => ready.resolve(true),
    told,
    closed: () => ready.resolve(false),
  })
  try {
    if (!(await ready.promise)) return fail('unreachable')
    await Promise.all(others.map(({ holder }) => stream.proveHolder(holder)))
    const logs = batch.flatMap(each => each.logs.map(log => ({ ...log, wantsFrames: false })))
    const answer = await stream.ask({ type: 'watch', logs })
    return answer.ok && answer.value.type === 'done' ? ok(undefined) : fail('unreachable')
  } finally {
    stream.close()
  }
}
