import { expect, test } from 'vitest'
import { CommitQueue } from '#sync-server/store/commit-queue.ts'
import { Database } from '#sync-server/store/database.ts'
import { int } from '#sync-server/store/row.ts'
import { StoreFull } from '#sync-server/store/relay-store.ts'

function makeQueue() {
  const db = new Database(':memory:')
  db.exec('CREATE TABLE numbers (n INTEGER NOT NULL) STRICT')
  const turns: (() => void)[] = []
  let commits = 0
  const hooks = { beforeCommit: () => undefined, afterCommit: () => (commits += 1), afterRollback: () => undefined }
  const queue = new CommitQueue(db, run => turns.push(run), hooks)
  const add = (n: number) => queue.enqueue(() => db.run('INSERT INTO numbers (n) VALUES (?)', n).changes)
  const count = () => int(db.get('SELECT count(*) AS n FROM numbers'), 'n')
  return { db, queue, turns, add, count, commits: () => commits }
}

test('CommitQueue answers only after the commit, and commits one turn at once', async () => {
  const { turns, add, count, commits } = makeQueue()
  let answered = 0
  const both = Promise.all([1, 2].map(n => add(n).then(() => (answered += 1))))
  await Promise.resolve()
  expect([turns.length, count(), answered]).toEqual([1, 0, 0])
  turns[0]!()
  await both
  expect([count(), commits(), answered]).toEqual([2, 1, 2])
})

test('CommitQueue lets one broken piece fail alone', async () => {
  const { queue, turns, add, count } = makeQueue()
  const outcomes = Promise.allSettled([
    add(1),
    queue.enqueue(() => {
      throw new Error('broken')
    }),
    add(3),
  ])
  turns[0]!()
  expect((await outcomes).map(outcome => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(count()).toBe(2)
})

test('CommitQueue says when the disk is full, and goes on when it no longer is', async () => {
  const { db, queue, turns, add, count } = makeQueue()
  db.exec('CREATE TABLE big (bytes BLOB) STRICT')
  const addBig = () => queue.enqueue(() => db.run('INSERT INTO big (bytes) VALUES (zeroblob(100000))').changes)
  db.exec('PRAGMA max_page_count = 10')
  const outcomes = Promise.allSettled([add(1), addBig()])
  turns[0]!()
  const [small, big] = await outcomes
  expect([small.status, big.status === 'rejected' && big.reason instanceof StoreFull]).toEqual(['fulfilled', true])
  db.exec('PRAGMA max_page_count = 1000')
  const later = addBig()
  turns[1]!()
  expect([await later, count()]).toEqual([1, 1])
})
