import { resolve } from 'node:path'
import { MAX_BLOB_BYTES } from '#schema/protocol/http.ts'
import type { Config } from '../config.ts'
import { cutIds } from '../event-log.ts'
import { freeDiskBytes } from '../store/free-disk.ts'
import type { StoreLimits } from '../store/relay-store.ts'
import { int, text } from '../store/row.ts'
import { all, count, get, type Work } from '../store/work.ts'

type Limits = Pick<StoreLimits, 'accountBytes' | 'totalBytes'>

const MIB = 1024 * 1024
const mb = (bytes: number) => `${(bytes / MIB).toFixed(1)} MB`
const day = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')

/** What the store holds and what waits in it, as lines. No id, no address. */
export function* statusLines(usedBytes: number, limits: Limits, now: number): Work<string[]> {
  const rows = (sql: string, ...values: number[]) => count(`SELECT count(*) AS n FROM ${sql}`, ...values)
  const due = (yield* get('SELECT min(due_at) AS at FROM prunes'))?.['at']
  const elsewhere = yield* get(
    'SELECT count(*) AS n, CAST(coalesce(sum(size), 0) AS bigint) AS bytes FROM blobs WHERE place IS NOT NULL',
  )
  const [blobs, bytes] = [int(elsewhere, 'n'), int(elsewhere, 'bytes')]
  const strays = yield* rows('stray_blobs')
  const full = yield* rows('accounts WHERE bytes > ?', limits.accountBytes - MAX_BLOB_BYTES)
  return [
    `In use:        ${mb(usedBytes + bytes)} of ${mb(limits.totalBytes)} (TOTAL_MB)`,
    ...(full === 0 ? [] : [`Nearly full:   ${full} accounts have no room for the largest document (usage names them)`]),
    `Logs:          ${yield* rows('logs')}, ${yield* rows('logs WHERE is_closed = 1')} of them closed; ${yield* rows('deleted_logs')} deleted for good`,
    `Frames:        ${yield* rows('frames')} in ${yield* rows('feeds')} feeds; ${yield* rows('blobs')} blobs`,
    ...(blobs + strays === 0
      ? []
      : [`Blobs in S3:   ${blobs} with ${mb(bytes)}; ${strays} objects are on their way in or out`]),
    `Capabilities:  ${yield* rows('capabilities WHERE is_ended = 0 AND not_after > ?', now)} in force, ${yield* rows('capabilities WHERE is_ended = 0 AND not_after <= ?', now)} over, ${yield* rows('capabilities WHERE is_ended = 1')} revoked`,
    `Prunes:        ${yield* rows('prunes')} wait out their grace${typeof due === 'number' ? `, the next until ${day(due)} UTC` : ''}; ${yield* rows('prunes WHERE due_at <= ?', now)} due now`,
    `Mailboxes:     ${yield* rows('drops WHERE expires_at > ?', now)} letters in ${yield* count('SELECT count(DISTINCT mailbox) AS n FROM drops')}`,
    `Health links:  ${yield* rows('links WHERE expires_at > ?', now)} going, ${yield* rows('answers')} answers not fetched yet`,
    `Devices woken: ${yield* rows('push_devices')}, ${yield* rows('push_devices WHERE due_at IS NOT NULL')} of them with a push to come`,
  ]
}

/** How much of the disk is free where the data lies; nothing of a database, whose machine may be another. */
export async function diskLines({
  databaseUrl,
  dataFolder,
}: Pick<Config, 'databaseUrl' | 'dataFolder'>): Promise<string[]> {
  return databaseUrl === undefined ? [`Disk:          ${mb(await freeDiskBytes(resolve(dataFolder)))} free there`] : []
}

/** Less than the largest document or picture. */
const isNearlyFull = (bytes: number, limits: Limits) => limits.accountBytes - bytes < MAX_BLOB_BYTES

/** An account's name is a hash of its token, or its log's id: its first digits. */
const HOW_TOKENS_ARE_NAMED =
  "A token's name here is the start of its SHA-256: printf %s 'the token' | sha256sum | cut -c1-6"

/** One line for each account, the fullest first, and one for each token that nobody used yet. */
export function* usageLines(limits: Limits, admissionHashes: ReadonlySet<string>): Work<string[]> {
  const rows = yield* all(
    `SELECT accounts.name, accounts.bytes, count(logs.no) AS logs FROM accounts LEFT JOIN logs ON logs.account = accounts.name
     GROUP BY accounts.name, accounts.bytes ORDER BY accounts.bytes DESC`,
  )
  const used = new Set((yield* all('SELECT DISTINCT account FROM logs')).map(row => text(row, 'account')))
  const unused = [...admissionHashes].filter(hash => !used.has(hash)).toSorted()
  const line = (cells: readonly string[]) => cells.map((cell, at) => cell.padEnd([14, 6, 12][at] ?? 0)).join('')
  const lines = rows.map(row => {
    const [name, bytes] = [text(row, 'name'), int(row, 'bytes')]
    const part = `${((100 * bytes) / limits.accountBytes).toFixed(1)} %`
    const said = isNearlyFull(bytes, limits)
      ? `${part}, full: ${mb(Math.max(0, limits.accountBytes - bytes))} left`
      : part
    return line([cutIds(name), String(int(row, 'logs')), mb(bytes), said])
  })
  return [
    ...(rows.length === 0
      ? ['Nobody has stored anything yet.']
      : [line(['account', 'logs', 'used', `of ${mb(limits.accountBytes)} (QUOTA_MB)`]), ...lines]),
    ...unused.map(hash => `${cutIds(hash).padEnd(14)}a token that nobody has used yet`),
    ...(admissionHashes.size > 0 ? [HOW_TOKENS_ARE_NAMED] : []),
  ]
}
