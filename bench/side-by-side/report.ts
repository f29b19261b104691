import { type Figures, type Goal, goalsOf, isMet, type Results } from './goals.ts'
import { READERS, type Throughput, WINDOW } from './tasks.ts'

/** Markdown of what was measured: nothing in docs/benchmarks.md is typed in. */
export function reportOf(figures: Figures): string {
  const { date, nodeVersion, processor, runs, clients, versions } = figures
  const of = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    `Measured on ${date}, Node ${nodeVersion}, ${processor}, clients beside the servers; medians of interleaved runs: ${runs}.`,
    `${clients} clients, ${WINDOW} unanswered appends of each. Versions: ${of.join(', ')}.`,
    '',
    goalTable(goalsOf(figures)),
    '',
    `Own logs (a log a client) and shared ones (one writer, ${READERS} readers a log); CPU is µs for each acknowledged append, of the whole process.`,
    '',
    loadTable(figures),
    '',
    `Delivery at 100 appends a second with ${READERS} readers each; wire bytes of 200 B bodies, TCP payload; cold catch-up of 10,000 × 200 B from a server just started; memory of an idle socket; kill -9 under load.`,
    '',
    restTable(figures),
    '',
    `A plain HTTP GET of the relay's catch-up took ${figures.getMs.toFixed(0)} ms.`,
  ].join('\n')
}

function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map(goal => {
    const { id, what, atMost, atLeast, measured } = goal
    const limit = atMost === undefined ? `≥ ${round(atLeast)}` : `≤ ${round(atMost)}`
    const met = { true: 'yes', false: '**no**', undefined: 'not measured' }[`${isMet(goal)}`]
    return [id, what, limit, round(measured), met]
  })
  return table(['#', 'relay', 'goal', 'measured', 'met'], rows)
}

function loadTable({ byName, sqlite }: Figures): string {
  const loads = ['own200', 'own2048', 'shared200', 'shared2048'] as const
  const names = ['own, 200 B', 'own, 2 KiB', `1→${READERS}, 200 B`, `1→${READERS}, 2 KiB`]
  const cells = (one: Throughput | undefined) => [one?.cpuUs.toFixed(1) ?? '', one?.perSecond.toFixed(0) ?? '']
  const rows = Object.entries(byName).map(([name, results]) => [name, ...loads.flatMap(load => cells(results[load]))])
  const none = ['', '', '', '', '', '']
  return table(
    ['', ...names.flatMap(name => [`${name}: CPU`, 'a second'])],
    [
      ...rows,
      ['bare SQLite, singly', ...cells(sqlite.singly), ...none],
      ['bare SQLite, batches of 100', ...cells(sqlite.batches), ...none],
    ],
  )
}

function restTable({ byName }: Figures): string {
  const rows = Object.entries(byName).map(([name, results]: [string, Results]) => {
    const { latency, wire, catchUp, idle, killed } = results
    const percent = killed && ((killed.lost / killed.acknowledged) * 100).toFixed(killed.lost === 0 ? 0 : 1)
    return [
      name,
      latency?.p50Ms.toFixed(1),
      latency?.p99Ms.toFixed(1),
      wire?.up.toFixed(0),
      wire?.acknowledgement.toFixed(0),
      wire?.perDelivery.toFixed(0),
      catchUp?.bytesEach.toFixed(0),
      catchUp?.ms.toFixed(0),
      idle?.kilobytesEach.toFixed(1),
      killed && `${killed.lost} of ${killed.acknowledged} (${percent} %), ${killed.kills} kills`,
    ].map(cell => cell ?? '')
  })
  const wire = ['up, B', 'acknowledgement, B', 'a delivery, B', 'catch-up, B each']
  return table(['', 'p50, ms', 'p99, ms', ...wire, 'catch-up, ms', 'idle, KB', 'acknowledged, then lost'], rows)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function round(value: number | undefined): string {
  if (value === undefined) return ''
  return Number.isInteger(value) || value >= 100
    ? value.toFixed(0)
    : String(Number(value.toPrecision(2 + Number(value >= 1))))
}
