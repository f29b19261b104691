import { toHex } from '#schema/bytes.ts'
import type { LogId, MailboxId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { PushSubscription } from '#schema/protocol/push.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { findAllowed, type StoreContext } from './context.ts'
import { blob, type Database, int, type Row, text } from './database.ts'
import { PUSH_KEPT_MS, type PushDevice } from './push-store.ts'
import type { Asker } from './relay-store.ts'

/** Devices that want to be woken, in SQLite. The port says what each function promises. */

export function ownKey({ db }: StoreContext, name: string, make: () => Uint8Array): Uint8Array<ArrayBuffer> {
  const known = db.get('SELECT bytes FROM relay_keys WHERE name = ?', name)
  if (known !== undefined) return blob(known, 'bytes')
  const made = new Uint8Array(make())
  db.run('INSERT INTO relay_keys (name, bytes) VALUES (?, ?)', name, made)
  return made
}

export function subscribeToLog(
  context: StoreContext,
  logId: LogId,
  subscription: PushSubscription,
  asker: Asker,
): Result<void, RefusalCode> {
  const holder = asker.holders.find(one => findAllowed(context, logId, ['read'], { ...asker, holders: [one] }).ok)
  if (holder !== undefined) return subscribe(context, logId, subscription, holder, asker.now)
  const refused = findAllowed(context, logId, ['read'], asker)
  return refused.ok ? fail('not-allowed') : refused
}

export function subscribeToMailbox(
  context: StoreContext,
  mailbox: MailboxId,
  subscription: PushSubscription,
  now: Instant,
): Result<void, RefusalCode> {
  return subscribe(context, mailbox, subscription, '', now)
}

function subscribe(
  { db, limits }: StoreContext,
  topic: string,
  subscription: PushSubscription,
  holder: string,
  now: Instant,
): Result<void, RefusalCode> {
  const { endpoint, quiet } = subscription
  const known = db.get('SELECT no FROM push_devices WHERE endpoint = ?', endpoint)
  if (known === undefined && count(db, 'SELECT count(*) AS n FROM push_devices') >= limits.pushDevices)
    return fail('quota')
  const isNew = known === undefined || !hasTopic(db, topic, int(known, 'no'))
  if (
    isNew &&
    count(db, 'SELECT count(*) AS n FROM push_topics WHERE topic = ?', topic) >= limits.pushDevicesPerTopic
  ) {
    return fail('quota')
  }
  const ofDevice = 'SELECT count(*) AS n FROM push_topics WHERE device = ?'
  if (isNew && known !== undefined && count(db, ofDevice, int(known, 'no')) >= limits.pushTopicsPerDevice)
    return fail('quota')
  db.run(
    `INSERT INTO push_devices (endpoint, device, quiet_from, quiet_to, renewed_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (endpoint) DO UPDATE SET device = excluded.device, quiet_from = excluded.quiet_from,
       quiet_to = excluded.quiet_to, renewed_at = excluded.renewed_at`,
    endpoint,
    toHex(subscription.device),
    quiet?.fromMinute ?? null,
    quiet?.toMinute ?? null,
    now,
  )
  db.run(
    `INSERT INTO push_topics (topic, device, holder, renewed_at)
     SELECT ?, no, ?, ? FROM push_devices WHERE endpoint = ?
     ON CONFLICT DO UPDATE SET holder = excluded.holder, renewed_at = excluded.renewed_at`,
    topic,
    holder,
    now,
    endpoint,
  )
  return ok(undefined)
}

function hasTopic(db: Database, topic: string, device: number): boolean {
  return db.get('SELECT 1 FROM push_topics WHERE topic = ? AND device = ?', topic, device) !== undefined
}

function count(db: Database, sql: string, ...values: (string | number)[]): number {
  return int(db.get(sql, ...values), 'n')
}

export function endPush({ db }: StoreContext, endpoint: string): void {
  db.run('DELETE FROM push_topics WHERE device IN (SELECT no FROM push_devices WHERE endpoint = ?)', endpoint)
  db.run('DELETE FROM push_devices WHERE endpoint = ?', endpoint)
}

export function logListeners(context: StoreContext, logId: LogId, writer: Asker): PushDevice[] {
  const rows = listening(context.db, logId)
  if (rows.length === 0) return []
  const may = (holders: readonly string[], right: 'read' | 'manage') =>
    findAllowed(context, logId, [right], { holders, now: writer.now }).ok
  const isByManager = may(writer.holders, 'manage')
  const isForOthers = (holder: string) => !writer.holders.includes(holder) && !(isByManager && may([holder], 'manage'))
  return rows.filter(row => isForOthers(text(row, 'holder')) && may([text(row, 'holder')], 'read')).map(deviceOf)
}

export function mailboxListeners({ db }: StoreContext, mailbox: MailboxId): PushDevice[] {
  return listening(db, mailbox).map(deviceOf)
}

function listening(db: Database, topic: string): Row[] {
  return db.all(
    'SELECT d.*, t.holder FROM push_topics t JOIN push_devices d ON d.no = t.device WHERE t.topic = ? ORDER BY d.no',
    topic,
  )
}

export function setPushDue({ db }: StoreContext, no: number, dueAt: Instant | undefined): void {
  db.run('UPDATE push_devices SET due_at = ?, failures = 0 WHERE no = ?', dueAt ?? null, no)
}

export function mustForgetPushes({ db }: StoreContext, device: string): boolean {
  const sql = 'SELECT 1 FROM push_devices WHERE device = ? AND (due_at IS NOT NULL OR unanswered > 0)'
  return db.get(sql, device) !== undefined
}

export function forgetPushes({ db }: StoreContext, device: string): void {
  db.run('UPDATE push_devices SET due_at = NULL, unanswered = 0, failures = 0 WHERE device = ?', device)
}

export function duePushes({ db }: StoreContext, now: Instant, most: number): PushDevice[] {
  return db.all('SELECT * FROM push_devices WHERE due_at <= ? ORDER BY due_at LIMIT ?', now, most).map(deviceOf)
}

export function pushSent({ db }: StoreContext, no: number, at: Instant): void {
  db.run(
    'UPDATE push_devices SET due_at = NULL, failures = 0, sent_at = ?, unanswered = unanswered + 1 WHERE no = ?',
    at,
    no,
  )
}

export function pushFailed({ db }: StoreContext, no: number, nextAt: Instant | undefined): void {
  if (nextAt === undefined) db.run('UPDATE push_devices SET due_at = NULL, failures = 0 WHERE no = ?', no)
  else db.run('UPDATE push_devices SET due_at = ?, failures = failures + 1 WHERE no = ?', nextAt, no)
}

export function sweepPushes({ db }: StoreContext, now: Instant): void {
  db.run('DELETE FROM push_topics WHERE renewed_at < ?', now - PUSH_KEPT_MS)
  db.run('DELETE FROM push_devices WHERE no NOT IN (SELECT device FROM push_topics)')
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
