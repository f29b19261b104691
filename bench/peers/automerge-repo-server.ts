import { Repo } from '@automerge/automerge-repo'
import { WebSocketServerAdapter } from '@automerge/automerge-repo-network-websocket'
import { NodeFSStorageAdapter } from '@automerge/automerge-repo-storage-nodefs'
import { WebSocketServer } from 'ws'

/** As in the packages' own sync server: keeps everything, announces nothing. */
const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
sockets.on('listening', () => console.log(`http://localhost:${sockets.address().port}`))
new Repo({
  network: [new WebSocketServerAdapter(sockets)],
  storage: new NodeFSStorageAdapter(process.env.FOLDER),
  sharePolicy: () => Promise.resolve(false),
})
