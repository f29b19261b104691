import { connect, createServer } from 'node:net'

export interface CountingProxy {
  readonly origin: string
  /** Through all its connections: to the server, and from it. */
  readonly bytes: { up: number; down: number }
  close(): void
}

/** Hands on TCP as it comes, and counts it. */
export async function startProxy(target: string): Promise<CountingProxy> {
  const bytes = { up: 0, down: 0 }
  const { hostname, port } = new URL(target)
  const server = createServer(client => {
    const upstream = connect(Number(port), hostname)
    client.on('data', chunk => (bytes.up += chunk.length))
    upstream.on('data', chunk => (bytes.down += chunk.length))
    client.pipe(upstream).pipe(client)
    client.on('error', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Cannot count: the proxy has no port')
  return { origin: `http://127.0.0.1:${address.port}`, bytes, close: () => void server.close() }
}
