import { toHex } from '#schema/bytes.ts'
import type { LogId, MailboxId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { PushSubscription } from '#schema/protocol/push.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { findAllowed, type StoreContext } from './context.ts'
import { blob, int, type Row, text } from './row.ts'
import { all, count, get, run, type Work } from './work.ts'
import { PUSH_KEPT_MS, type PushDevice } from './push-store.ts'
import type { Asker } from './relay-store.ts'

/** Devices that want to be woken. The port says what each function promises. */

export function* ownKey(name: string, make: () => Uint8Array): Work<Uint8Array<ArrayBuffer>> {
  const known = yield* get('SELECT bytes FROM relay_keys WHERE name = ?', name)
  if (known !== undefined) return blob(known, 'bytes')
  const made = new Uint8Array(make())
  yield* run('INSERT INTO relay_keys (name, bytes) VALUES (?, ?)', name, made)
  return made
}

export function* subscribeToLog(
  context: StoreContext,
  logId: LogId,
  subscription: PushSubscription,
  asker: Asker,
): Work<Result<void, RefusalCode>> {
  for (const holder of asker.holders) {
    const may = yield* findAllowed(context, logId, ['read'], { ...asker, holders: [holder] })
    if (may.ok) return yield* subscribe(context, logId, subscription, holder, asker.now)
  }
  const refused = yield* findAllowed(context, logId, ['read'], asker)
  return refused.ok ? fail('not-allowed') : refused
}

export function* subscribeToMailbox(
  context: StoreContext,
  mailbox: MailboxId,
  subscription: PushSubscription,
  now: Instant,
): Work<Result<void, RefusalCode>> {
  return yield* subscribe(context, mailbox, subscription, '', now)
}

function* subscribe(
  { limits }: StoreContext,
  topic: string,
  subscription: PushSubscription,
  holder: string,
  now: Instant,
): Work<Result<void, RefusalCode>> {
  const { endpoint, quiet } = subscription
  const known = yield* get('SELECT no FROM push_devices WHERE endpoint = ?', endpoint)
  if (known === undefined && (yield* count('SELECT count(*) AS n FROM push_devices')) >= limits.pushDevices)
    return fail('quota')
  const isNew = known === undefined || !(yield* hasTopic(topic, int(known, 'no')))
  if (
    isNew &&
    (yield* count('SELECT count(*) AS n FROM push_topics WHERE topic = ?', topic)) >= limits.pushDevicesPerTopic
  ) {
    return fail('quota')
  }
  const ofDevice = 'SELECT count(*) AS n FROM push_topics WHERE device = ?'
  if (isNew && known !== undefined && (yield* count(ofDevice, int(known, 'no'))) >= limits.pushTopicsPerDevice)
    return fail('quota')
  yield* run(
    `INSERT INTO push_devices (endpoint, device, quiet_from, quiet_to, renewed_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (endpoint) DO UPDATE SET device = excluded.device, quiet_from = excluded.quiet_from,
       quiet_to = excluded.quiet_to, renewed_at = excluded.renewed_at`,
    endpoint,
    toHex(subscription.device),
    quiet?.fromMinute ?? null,
    quiet?.toMinute ?? null,
    now,
  )
  yield* run(
    `INSERT INTO push_topics (topic, device, holder, renewed_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (topic, device) DO UPDATE SET holder = excluded.holder, renewed_at = excluded.renewed_at`,
    topic,
    int(yield* get('SELECT no FROM push_devices WHERE endpoint = ?', endpoint), 'no'),
    holder,
    now,
  )
  return ok(undefined)
}

function* hasTopic(topic: string, device: number): Work<boolean> {
  return (yield* get('SELECT 1 FROM push_topics WHERE topic = ? AND device = ?', topic, device)) !== undefined
}

export function* endPush(endpoint: string): Work<void> {
  yield* run('DELETE FROM push_topics WHERE device IN (SELECT no FROM push_devices WHERE endpoint = ?)', endpoint)
  yield* run('DELETE FROM push_devices WHERE endpoint = ?', endpoint)
}

export function* logListeners(context: StoreContext, logId: LogId, writer: Asker): Work<PushDevice[]> {
  const rows = yield* listening(logId)
  if (rows.length === 0) return []
  const may = function* (holders: readonly string[], right: 'read' | 'manage'): Work<boolean> {
    return (yield* findAllowed(context, logId, [right], { holders, now: writer.now })).ok
  }
  const isByManager = yield* may(writer.holders, 'manage')
  const awaiting: PushDevice[] = []
  for (const row of rows) {
    const holder = text(row, 'holder')
    const isOwn = writer.holders.includes(holder) || (isByManager && (yield* may([holder], 'manage')))
    if (!isOwn && (yield* may([holder], 'read'))) awaiting.push(deviceOf(row))
  }
  return awaiting
}

export function* mailboxListeners(mailbox: MailboxId): Work<PushDevice[]> {
  return (yield* listening(mailbox)).map(deviceOf)
}

function* listening(topic: string): Work<readonly Row[]> {
  return yield* all(
    'SELECT d.*, t.holder FROM push_topics t JOIN push_devices d ON d.no = t.device WHERE t.topic = ? ORDER BY d.no',
    topic,
  )
}

export function* setPushDue(no: number, dueAt: Instant | undefined): Work<void> {
  yield* run('UPDATE push_devices SET due_at = ?, failures = 0 WHERE no = ?', dueAt ?? null, no)
}

export function* mustForgetPushes(device: string): Work<boolean> {
  const sql = 'SELECT 1 FROM push_devices WHERE device = ? AND (due_at IS NOT NULL OR unanswered > 0)'
  return (yield* get(sql, device)) !== undefined
}

export function* forgetPushes(device: string): Work<void> {
  yield* run('UPDATE push_devices SET due_at = NULL, unanswered = 0, failures = 0 WHERE device = ?', device)
}

export function* duePushes(now: Instant, most: number): Work<PushDevice[]> {
  const rows = yield* all('SELECT * FROM push_devices WHERE due_at <= ? ORDER BY due_at LIMIT ?', now, most)
  return rows.map(deviceOf)
}

export function* pushSent(no: number, at: Instant): Work<void> {
  yield* run(
    'UPDATE push_devices SET due_at = NULL, failures = 0, sent_at = ?, unanswered = unanswered + 1 WHERE no = ?',
    at,
    no,
  )
}

export function* pushFailed(no: number, nextAt: Instant | undefined): Work<void> {
  if (nextAt === undefined) yield* run('UPDATE push_devices SET due_at = NULL, failures = 0 WHERE no = ?', no)
  else yield* run('UPDATE push_devices SET due_at = ?, failures = failures + 1 WHERE no = ?', nextAt, no)
}

export function* sweepPushes(now: Instant): Work<void> {
  yield* run('DELETE FROM push_topics WHERE renewed_at < ?', now - PUSH_KEPT_MS)
  yield* run('DELETE FROM push_devices WHERE no NOT IN (SELECT device FROM push_topics)')
}

function deviceOf(row: Row): PushDevice {
  const sentAt = int(row, 'sent_at')
  return {
    no: int(row, 'no'),
    endpoint: text(row, 'endpoint'),
    device: text(row, 'device'),
    unanswered: int(row, 'unanswered'),
    failures: int(row, 'failures'),
    ...(sentAt === 0 ? {} : { sentAt: instant(sentAt) }),
    ...(row['due_at'] === null ? {} : { dueAt: instant(int(row, 'due_at')) }),
    ...(row['quiet_from'] === null
      ? {}
      : { quiet: { fromMinute: int(row, 'quiet_from'), toMinute: int(row, 'quiet_to') } }),
  }
}
