import { WebSocketServer } from 'ws'

/** What `bench/relay.ts` compares with: says back each message, and keeps nothing. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
server.on('connection', socket => socket.on('message', data => socket.send(data)))
server.on('listening', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`http://localhost:${address?.port}`)
})
