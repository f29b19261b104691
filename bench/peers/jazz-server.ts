import { join } from 'node:path'
import { startSyncServer } from 'jazz-run/startSyncServer'

/** What `jazz-run sync` runs. */
const server = await startSyncServer({ port: '0', inMemory: false, db: join(process.env.FOLDER, 'storage.db') })
if (!server.listening) await new Promise(resolve => server.once('listening', resolve))
console.log(`http://localhost:${server.address().port}`)
