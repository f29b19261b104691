import { createServer, type Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Config } from './config.ts'

export function httpServer(fetch: Parameters<typeof createAdaptorServer>[0]['fetch']): Server {
  const server = createAdaptorServer({
    fetch,
    createServer,
    serverOptions: {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 10_000,
      // A blob of 32 MiB over a slow line.
      requestTimeout: 300_000,
      keepAliveTimeout: 20_000,
      connectionsCheckingInterval: 5000,
    },
  })
  if (!('maxRequestsPerSocket' in server)) throw new Error('Cannot start: the HTTP server is not HTTP/1.1.')
  return server
}

/** Throws with a sentence for the operator when the port can't be had. */
export function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      const hint = isTaken ? 'another program uses it; set PORT to a free one' : (error.code ?? error.message)
      failed(new Error(`Cannot listen on ${host}:${port}: ${hint}.`, { cause: error }))
    })
    server.listen(port, host, () => done())
  })
}
