import { MAX_FETCH_FEEDS, MAX_WATCH_LOGS } from '#schema/protocol/stream.ts'
import type { StoreLimits } from '../store/relay-store.ts'
import type { Rate } from './rate.ts'

const MIB = 1024 * 1024
const DAY_MS = 24 * 3600_000

/** Every bound of the relay that is not a message's own size (those stand in schema/protocol). */
export interface Limits extends StoreLimits {
  readonly requests: Rate
  readonly newLogs: Rate
  readonly newDrops: Rate
  /** Of health links, and tries at their passcodes. */
  readonly linkOpens: Rate
  /** Per address, over HTTP and all its sockets. */
  readonly framesPerAddress: Rate
  readonly framesPerSocket: Rate
  /** Stream messages of any kind. */
  readonly messagesPerSocket: Rate
  readonly socketsPerAddress: number
  readonly sockets: number
  readonly holdersPerSocket: number
  readonly writersPerSocket: number
  readonly watchedPerSocket: number
  readonly fetchesPerSocket: number
  /** Of blob bodies being received, all together. */
  readonly uploadingBytes: number
  /** One read from the store. */
  readonly sliceBytes: number
  /** A reader with more than this unsent is paused. */
  readonly bufferedBytes: number
  /** A socket that has proven nothing by then is closed. */
  readonly unprovenMs: number
  /** Between the relay's pings; a socket that did not answer one is closed at the next. */
  readonly pingMs: number
  readonly pruneGraceMs: number
  readonly dropLifeMs: number
}

export const DEFAULT_LIMITS: Limits = {
  accountBytes: 5 * 1024 * MIB,
  totalBytes: 100 * 1024 * MIB,
  feedsPerLog: MAX_FETCH_FEEDS,
  capabilitiesPerLog: 4096,
  dropsPerMailbox: 64,
  dropBytes: 64 * MIB,
  linksPerLog: 200,
  pushDevices: 100_000,
  pushDevicesPerTopic: 256,
  pushTopicsPerDevice: 4096,
  requests: { perSecond: 50, burst: 500 },
  newLogs: { perSecond: 0.3, burst: 300 },
  newDrops: { perSecond: 1, burst: 60 },
  linkOpens: { perSecond: 0.5, burst: 60 },
  framesPerAddress: { perSecond: 4000, burst: 16_000 },
  framesPerSocket: { perSecond: 1000, burst: 4000 },
  messagesPerSocket: { perSecond: 2000, burst: 8000 },
  socketsPerAddress: 256,
  sockets: 20_000,
  holdersPerSocket: 256,
  writersPerSocket: 4096,
  watchedPerSocket: MAX_WATCH_LOGS,
  fetchesPerSocket: 16,
  uploadingBytes: 256 * MIB,
  sliceBytes: MIB / 4,
  bufferedBytes: 4 * MIB,
  unprovenMs: 15_000,
  pingMs: 30_000,
  pruneGraceMs: 30 * DAY_MS,
  dropLifeMs: 30 * DAY_MS,
}
