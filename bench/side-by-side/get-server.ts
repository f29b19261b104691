import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'

/** A plain HTTP GET of so many bytes, from memory. */
const bytes = randomBytes(Number(process.env.BYTES))
const server = createServer((_request, response) => response.end(bytes))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`http://localhost:${address?.port}`)
})
