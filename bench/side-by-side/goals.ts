import { FRAME_OVERHEAD_BYTES } from '#schema/protocol/frame.ts'
import type { CatchUp, Idle, Killed, Latency, Throughput, Wire } from './tasks.ts'

/** Of one server; medians of all runs. What was not measured is absent. */
export interface Results {
  readonly own200?: Throughput
  readonly own2048?: Throughput
  readonly shared200?: Throughput
  readonly shared2048?: Throughput
  readonly latency?: Latency
  readonly wire?: Wire
  readonly catchUp?: CatchUp
  readonly idle?: Idle
  readonly killed?: Killed & { readonly kills: number }
}

export interface Figures {
  readonly date: string
  readonly nodeVersion: string
  readonly processor: string
  readonly runs: number
  readonly clients: number
  readonly versions: Readonly<Record<string, string>>
  readonly byName: Readonly<Record<string, Results>>
  /** A bare loop over SQLite, 200 B: one row in a transaction, and a hundred. */
  readonly sqlite: { readonly singly: Throughput; readonly batches: Throughput }
  /** A plain HTTP GET of what the relay sends for 10,000 × 200 B. */
  readonly getMs: number
}

export interface Goal {
  readonly id: string
  readonly what: string
  readonly atMost?: number
  readonly atLeast?: number
  readonly measured: number | undefined
}

type Pick = (results: Results | undefined) => number | undefined

const BODY_BYTES = 200
const FRAME_BYTES = FRAME_OVERHEAD_BYTES + BODY_BYTES

/** The goals R1 to R8 of issue 7, each with what this run says. */
export function goalsOf({ byName, sqlite, getMs }: Figures): readonly Goal[] {
  const relay = byName.relay
  const over = (pick: Pick, other: string) => ratio(pick(relay), pick(byName[other]))
  const ownCpu: Pick = results => results?.own200?.cpuUs
  const sharedCpu: Pick = results => results?.shared200?.cpuUs
  const catchUpMs: Pick = results => results?.catchUp?.ms
  const wire = relay?.wire
  const catchUpBytes = relay?.catchUp?.bytesEach
  const cpu = (id: string, what: string, pick: Pick, limits: Readonly<Record<string, number>>) =>
    Object.entries(limits).map(
      ([other, atMost]): Goal => ({ id, what: `${what} × ${other}`, atMost, measured: over(pick, other) }),
    )
  return [
    ...cpu('R1', 'CPU for each append, own logs,', ownCpu, {
      'ws echo': 3,
      hocuspocus: 1 / 2.5,
      'y-websocket': 1 / 2.5,
      Jazz: 1 / 10,
      'automerge-repo': 1 / 40,
    }),
    ...cpu('R2', 'CPU for each append, fan-out 5,', sharedCpu, {
      'ws echo': 1.3,
      hocuspocus: 1 / 3,
      'y-websocket': 1 / 3,
      Jazz: 1 / 20,
      'automerge-repo': 1 / 80,
    }),
    {
      id: 'R3',
      what: 'appends a second, own logs, × ws echo',
      atLeast: 0.33,
      measured: over(results => results?.own200?.perSecond, 'ws echo'),
    },
    {
      id: 'R3',
      what: 'appends a second, fan-out 5, 2 KiB, × ws echo',
      atLeast: 0.6,
      measured: over(results => results?.shared2048?.perSecond, 'ws echo'),
    },
    {
      id: 'R3',
      what: 'appends a second, own logs, × bare SQLite in batches of 100',
      atLeast: 0.3,
      measured: ratio(relay?.own200?.perSecond, sqlite.batches.perSecond),
    },
    {
      id: 'R4',
      what: 'delivered, p50, × ws echo',
      atMost: 6,
      measured: over(results => results?.latency?.p50Ms, 'ws echo'),
    },
    {
      id: 'R4',
      what: 'delivered, p99, × ws echo',
      atMost: 2.5,
      measured: over(results => results?.latency?.p99Ms, 'ws echo'),
    },
    ...[
      { of: 'sealed body', bytes: BODY_BYTES },
      { of: 'whole frame', bytes: FRAME_BYTES },
    ].flatMap(({ of, bytes }): Goal[] => [
      { id: 'R5', what: `bytes up, × ${of} (${bytes} B)`, atMost: 1.1, measured: ratio(wire?.up, bytes) },
      { id: 'R5', what: `bytes a delivery, × ${of}`, atMost: 1.07, measured: ratio(wire?.perDelivery, bytes) },
      { id: 'R5', what: `bytes of a catch-up, × ${of}`, atMost: 1.06, measured: ratio(catchUpBytes, bytes) },
    ]),
    { id: 'R6', what: 'cold catch-up × plain HTTP GET', atMost: 1.2, measured: ratio(catchUpMs(relay), getMs) },
    ...cpu('R6', 'cold catch-up', catchUpMs, { hocuspocus: 1 / 2.5, Jazz: 1 / 2.5, 'y-websocket': 1 / 6 }),
    { id: 'R7', what: 'idle socket, KB', atMost: 12, measured: relay?.idle?.kilobytesEach },
    { id: 'R7', what: 'idle sockets held', atLeast: 5000, measured: relay?.idle?.held },
    {
      id: 'R8',
      what: `acknowledged frames lost in ${relay?.killed?.kills ?? 0} kills, SQLite`,
      atMost: 0,
      measured: relay?.killed?.lost,
    },
  ]
}

function ratio(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one / other
}

export function isMet({ measured, atMost = Infinity, atLeast = -Infinity }: Goal): boolean | undefined {
  return measured === undefined ? undefined : measured <= atMost && measured >= atLeast
}
