import type { TestPostgres } from '#tests/support/postgres.ts'
import { type Server, startRelay, UNBOUND } from '../relay-process.ts'
import type { Contestant } from './contestant.ts'
import { wellkeep } from './wellkeep.ts'

/** One relay on PostgreSQL, and two of them with every reader at the other one than the writer. A folder stands for a database. */
export function onPostgres(postgres: TestPostgres): { one: Contestant; two: Contestant } {
  const databases = new Map<string, Promise<string>>()
  let other = ''
  const startOne = async (folder: string): Promise<Server> => {
    const url = databases.get(folder) ?? postgres.newDatabase()
    databases.set(folder, url)
    return startRelay({
      PORT: '0',
      DATABASE_URL: await url,
      APP: 'none',
      LOG_REQUESTS: '0',
      ...UNBOUND,
    })
  }
  return {
    one: { ...wellkeep, name: 'one relay on PostgreSQL', start: startOne },
    two: {
      ...wellkeep,
      name: 'two relays on PostgreSQL',
      async start(folder) {
        const first = await startOne(folder)
        const second = await startOne(folder)
        first.child.once('exit', () => second.child.kill('SIGKILL'))
        other = second.origin
        return first
      },
      open: (writerOrigin, readerOrigins) =>
        wellkeep.open(
          writerOrigin,
          readerOrigins.map(() => other),
        ),
    },
  }
}
