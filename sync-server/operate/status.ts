import { cutIds } from '../event-log.ts'
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
  return [
    `In use:        ${mb(usedBytes + bytes)} of ${mb(limits.totalBytes)} (TOTAL_MB)`,
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

/** One line for each account, the fullest first. An account's name is a hash of its token, or its log's id: its first digits. */
export function* usageLines(limits: Limits): Work<string[]> {
  const rows = yield* all(
    `SELECT accounts.name, accounts.bytes, count(logs.no) AS logs FROM accounts LEFT JOIN logs ON logs.account = accounts.name
     GROUP BY accounts.name, accounts.bytes ORDER BY accounts.bytes DESC`,
  )
  if (rows.length === 0) return ['Nobody has stored anything yet.']
  const line = (cells: readonly string[]) => cells.map((cell, at) => cell.padEnd([14, 6, 12][at] ?? 0)).join('')
  const lines = rows.map(row => {
    const bytes = int(row, 'bytes')
    const part = ((100 * bytes) / limits.accountBytes).toFixed(1)
    return line([cutIds(text(row, 'name')), String(int(row, 'logs')), mb(bytes), `${part} %`])
  })
  return [line(['account', 'logs', 'used', `of ${mb(limits.accountBytes)} (QUOTA_MB)`]), ...lines]
}
