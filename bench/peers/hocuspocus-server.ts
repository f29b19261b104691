import { join } from 'node:path'
import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'

const database = join(process.env.FOLDER, 'documents.db')
const server = new Server({ address: '127.0.0.1', port: 0, quiet: true, extensions: [new SQLite({ database })] })
await server.listen()
console.log(`http://localhost:${server.address.port}`)
