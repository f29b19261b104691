import { all, run, type Value, type Work } from '../store/work.ts'

/** Tables of the store, but `stray_blobs`, which are one store's own, with what orders their rows and all else they hold, in both databases; `rows`: so many are in memory at once. */
const TABLES: readonly { name: string; key: readonly string[]; columns: readonly string[]; rows?: number }[] = [
  {
    name: 'logs',
    key: ['no'],
    columns: [
      'id',
      'is_home',
      'first_owner',
      'owner',
      'owner_number',
      'account',
      'cursor',
      'bytes',
      'is_closed',
      'created_at',
    ],
  },
  { name: 'deleted_logs', key: ['id'], columns: [] },
  { name: 'accounts', key: ['name'], columns: ['bytes'] },
  {
    name: 'capabilities',
    key: ['no'],
    columns: ['log', 'id', 'holder', 'rights', 'not_before', 'not_after', 'quota', 'used', 'is_ended', 'record'],
  },
  { name: 'feeds', key: ['no'], columns: ['log', 'writer', 'next_seq', 'head', 'kept_from', 'bytes'] },
  { name: 'frames', key: ['log', 'cursor'], columns: ['feed', 'seq', 'kind', 'bytes'], rows: 100 },
  { name: 'blobs', key: ['log', 'id'], columns: ['bytes', 'size', 'place'], rows: 1 },
  { name: 'prunes', key: ['no'], columns: ['log', 'due_at', 'record'] },
  { name: 'access', key: ['log', 'minute', 'capability', '"right"'], columns: ['count', 'bytes'] },
  { name: 'drops', key: ['no'], columns: ['mailbox', 'dropped_at', 'expires_at', 'bytes'], rows: 100 },
  {
    name: 'links',
    key: ['no'],
    columns: [
      'id',
      'log',
      'expires_at',
      'is_direct',
      'is_long_term',
      'is_paused',
      'max_opens',
      'opens_left',
      'opens',
      'tries_left',
      'salt',
      'verifier',
      'origin',
      'file',
    ],
    rows: 4,
  },
  { name: 'openings', key: ['no'], columns: ['link', 'at', 'recipient'] },
  { name: 'relay_keys', key: ['name'], columns: ['bytes'] },
  {
    name: 'push_devices',
    key: ['no'],
    columns: [
      'endpoint',
      'device',
      'quiet_from',
      'quiet_to',
      'renewed_at',
      'sent_at',
      'unanswered',
      'failures',
      'due_at',
    ],
  },
  { name: 'push_topics', key: ['topic', 'device'], columns: ['holder', 'renewed_at'] },
  { name: 'answer_boxes', key: ['link'], columns: [] },
  { name: 'answers', key: ['no'], columns: ['link', 'at', 'bytes'], rows: 10 },
]

/** Whoever does work on a store. */
export interface Worker {
  run<Value>(work: Work<Value>): Promise<Value>
}

/** Rows in memory at once where a table says nothing else. */
const ROWS = 500

/** Everything of one store into another, empty one of the same version. `to` runs it all in one transaction, or is thrown away when it fails. */
export async function copyStore(
  from: Worker,
  to: Worker,
  told: (table: string) => void = () => undefined,
): Promise<void> {
  for (const table of TABLES) {
    told(table.name)
    await copyTable(from, to, table)
  }
}

async function copyTable(from: Worker, to: Worker, { name, key, columns, rows = ROWS }: (typeof TABLES)[number]) {
  const names = [...key, ...columns]
  const insert = `INSERT INTO ${name} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  const order = `ORDER BY ${key.join(', ')} LIMIT ${rows}`
  const first = `SELECT ${names.join(', ')} FROM ${name} ${order}`
  const next = `SELECT ${names.join(', ')} FROM ${name} WHERE (${key.join(', ')}) > (${key.map(() => '?').join(', ')}) ${order}`
  let page = await from.run(all(first))
  while (page.length > 0) {
    const values = page.map(row => names.map(column => row[column.replaceAll('"', '')] as Value))
    for (const each of values) await to.run(run(insert, ...each))
    page = page.length < rows ? [] : await from.run(all(next, ...values.at(-1)!.slice(0, key.length)))
  }
}

/** Tables whose numbers PostgreSQL counts on from what was copied. */
export const NUMBERED = TABLES.filter(({ key }) => key[0] === 'no').map(({ name }) => name)
