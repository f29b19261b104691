import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import utils from 'y-websocket/bin/utils'

/** The package's own bin/server.cjs, on any free port. It keeps documents in LevelDB at YPERSISTENCE. */
const sockets = new WebSocketServer({ noServer: true })
sockets.on('connection', utils.setupWSConnection)
const server = createServer()
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, opened => sockets.emit('connection', opened, request))
})
server.listen(0, '127.0.0.1', () => console.log(`http://localhost:${server.address().port}`))
