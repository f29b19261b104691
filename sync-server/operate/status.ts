import { cutIds } from '../event-log.ts'
import type { StoreLimits } from '../store/relay-store.ts'
import type { Database } from '../store/database.ts'
import { int, text } from '../store/row.ts'

type Limits = Pick<StoreLimits, 'accountBytes' | 'totalBytes'>

const MIB = 1024 * 1024
const mb = (bytes: number) => `${(bytes / MIB).toFixed(1)} MB`
const day = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')

/** What the store holds and what waits in it, as lines. No id, no address. */
export function statusLines(db: Database, limits: Limits, now: number): string[] {
  const count = (sql: string, ...values: number[]) => int(db.get(`SELECT count(*) AS n FROM ${sql}`, ...values), 'n')
  const earliest = (sql: string) => db.get(`SELECT min(${sql}`)?.at
  const due = earliest('due_at) AS at FROM prunes')
  const waitingPush = count('push_devices WHERE due_at IS NOT NULL')
  return [
    `In use:        ${mb(db.usedBytes())} of ${mb(limits.totalBytes)} (TOTAL_MB)`,
    `Logs:          ${count('logs')}, ${count('logs WHERE is_closed = 1')} of them closed; ${count('deleted_logs')} deleted for good`,
    `Frames:        ${count('frames')} in ${count('feeds')} feeds; ${count('blobs')} blobs`,
    `Capabilities:  ${count('capabilities WHERE is_ended = 0 AND not_after > ?', now)} in force, ${count('capabilities WHERE is_ended = 0 AND not_after <= ?', now)} over, ${count('capabilities WHERE is_ended = 1')} revoked`,
    `Prunes:        ${count('prunes')} wait out their grace${typeof due === 'number' ? `, the next until ${day(due)} UTC` : ''}; ${count('prunes WHERE due_at <= ?', now)} due now`,
    `Mailboxes:     ${count('drops WHERE expires_at > ?', now)} letters in ${int(db.get('SELECT count(DISTINCT mailbox) AS n FROM drops'), 'n')}`,
    `Health links:  ${count('links WHERE expires_at > ?', now)} going, ${count('answers')} answers not fetched yet`,
    `Devices woken: ${count('push_devices')}, ${waitingPush} of them with a push to come`,
  ]
}

/** One line for each account, the fullest first. An account's name is a hash of its token, or its log's id: its first digits. */
export function usageLines(db: Database, limits: Limits): string[] {
  const rows = db.all(
    `SELECT accounts.name, accounts.bytes, count(logs.no) AS logs FROM accounts LEFT JOIN logs ON logs.account = accounts.name
     GROUP BY accounts.name ORDER BY accounts.bytes DESC`,
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
