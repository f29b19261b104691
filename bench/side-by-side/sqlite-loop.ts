import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { FRAME_OVERHEAD_BYTES } from '#schema/protocol/frame.ts'

/**
 * The other limit: rows as long as frames go into one table in a loop, with WAL and synchronous=FULL, `batch` of them in a transaction.
 * `node sqlite-loop.ts FOLDER ROWS BATCH BODY-BYTES` prints CPU in µs and the rows a second.
 */
const [folder = '', ...numbers] = process.argv.slice(2)
const [rows = 1000, batch = 1, bodyBytes = 200] = numbers.map(Number)
const database = new DatabaseSync(join(folder, 'rows.db'))
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
database.exec('CREATE TABLE rows (log INTEGER, cursor INTEGER, bytes BLOB, PRIMARY KEY (log, cursor)) WITHOUT ROWID')
const insert = database.prepare('INSERT INTO rows VALUES (?, ?, ?)')
const bytes = randomBytes(FRAME_OVERHEAD_BYTES + bodyBytes)
const LOGS = 100
const [cpuBefore, before] = [process.cpuUsage(), performance.now()]
for (let row = 0; row < rows; row += batch) {
  database.exec('BEGIN')
  for (let at = row; at < row + batch; at++) insert.run(at % LOGS, at, bytes)
  database.exec('COMMIT')
}
const { user, system } = process.cpuUsage(cpuBefore)
console.log(JSON.stringify({ cpuUs: (user + system) / rows, perSecond: (rows * 1000) / (performance.now() - before) }))
