import { type WebSocket, WebSocketServer } from 'ws'

/** A bare `ws` server: says each message to every socket with the same path, the one it came from too, and keeps nothing. */
const rooms = new Map<string, Set<WebSocket>>()
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
server.on('connection', (socket, request) => {
  const path = request.url ?? ''
  const room = rooms.get(path) ?? new Set()
  rooms.set(path, room.add(socket))
  socket.on('close', () => room.delete(socket))
  socket.on('message', data => {
    for (const member of room) member.send(data)
  })
})
server.on('listening', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`http://localhost:${address?.port}`)
})
