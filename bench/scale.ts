import { readFileSync, writeFileSync } from 'node:fs'

/**
 * `npm run scale -- --write`: works out docs/scale.md's tables from what was measured and what is assumed, both of which stand here
 * and in the tables themselves.
 */

/** Each with the command that prints it; 29 November 2026, two cores. */
const MEASURED = {
  /** µs of CPU for each append, own logs, 200 B: `npm run bench-relay -- 100 600 3`. */
  appendUs: 46,
  /** µs for each append with its five deliveries when they come singly: `npm run soak -- 10 100`. */
  singleUs: 414,
  /** µs to open a socket and check its key: `npm run bench-relay-idle -- 2000`. */
  openUs: 445,
  /** KB of an idle socket: the same. */
  socketKb: 14,
  /** Bytes in SQLite for a frame of 394 B, indexes and pages included (decision 60's session: a store of 40,000 frames). */
  storedPerFrame: 484,
  frame: 394,
  /** Bytes of an empty log with its capability. */
  log: 2335,
}

const ASSUMED = {
  devices: 2,
  /** Readings share frames, ten and more at once from a device; what is typed has one of its own. */
  framesADay: 8,
  /** Bytes of such a frame, sealed: a message is 740 B, ten readings 2,260. */
  frameBytes: 900,
  /** Home log, five sections, three conversations, one private. */
  logs: 10,
  /** Who hears of a frame: the other device, and on average one and a half readers of a share. */
  deliveries: 2.5,
  /** Of devices, connected at the busiest time; and how often one opens the app a day. */
  connected: 0.1,
  opensADay: 4,
  /** Times the average, at the busiest time of the day. */
  peak: 8,
  /** Photos and letters a year, and their size. */
  blobsAYear: 15,
  blobBytes: 800_000,
}

const DAY_S = 86_400

interface Need {
  readonly appends: number
  readonly opens: number
  readonly sockets: number
  readonly cores: number
  readonly socketGb: number
  readonly framesTb: number
  readonly blobsTb: number
  readonly outMbit: number
}

function needOf(patients: number): Need {
  const { devices, framesADay, frameBytes, logs, deliveries, connected, opensADay, peak, blobsAYear, blobBytes } =
    ASSUMED
  const appends = (patients * framesADay * peak) / DAY_S
  const opens = (patients * devices * opensADay * peak) / DAY_S
  const sockets = patients * devices * connected
  const stored = frameBytes + MEASURED.storedPerFrame - MEASURED.frame
  return {
    appends,
    opens,
    sockets,
    // Singly, as they come from people: a busy relay gathers them, which is cheaper.
    cores: (appends * MEASURED.singleUs + opens * MEASURED.openUs) / 1e6,
    socketGb: (sockets * MEASURED.socketKb) / 1e6,
    framesTb: (patients * (framesADay * 365 * stored + logs * MEASURED.log)) / 1e12,
    blobsTb: (patients * blobsAYear * blobBytes) / 1e12,
    outMbit: (appends * deliveries * frameBytes * 8) / 1e6,
  }
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const short = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)))

function needTable(): string {
  const sizes = [10_000, 1_000_000, 100_000_000]
  const needs = sizes.map(needOf)
  const row = (what: string, of: (need: Need) => number) => line([what, ...needs.map(need => short(of(need)))])
  return [
    line(['patients', ...sizes.map(size => size.toLocaleString('en'))]),
    line(['---', ...sizes.map(() => '---')]),
    row('appends a second, busiest hour', need => need.appends),
    row('sockets opened a second, busiest hour', need => need.opens),
    row('sockets open', need => need.sockets),
    row('cores for relays, busiest hour', need => need.cores),
    row('memory for sockets, GB', need => need.socketGb),
    row('frames and logs, TB after a year', need => need.framesTb),
    row('photos and letters, TB after a year', need => need.blobsTb),
    row('out to readers, Mbit/s, busiest hour', need => need.outMbit),
  ].join('\n')
}

function givenTable(title: string, given: Readonly<Record<string, number>>): string {
  return [
    line([title, '']),
    line(['---', '---']),
    ...Object.entries(given).map(([name, value]) => line([name, String(value)])),
  ].join('\n')
}

const tables = [needTable(), '', givenTable('measured', MEASURED), '', givenTable('assumed', ASSUMED)].join('\n')
console.log(tables)
if (process.argv.includes('--write')) {
  const [BEGIN, END] = ['<!-- written by node bench/scale.ts --write -->', '<!-- end of it -->']
  const text = readFileSync('docs/scale.md', 'utf8')
  const [before = '', rest = ''] = [text.split(BEGIN)[0], text.split(END)[1]]
  writeFileSync('docs/scale.md', `${before}${BEGIN}\n\n${tables}\n\n${END}${rest}`)
}
