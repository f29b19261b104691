import { expect, test, vi } from 'vitest'
import type { OutsideAnswer, OutsideRequest } from '#app/core/link-session.ts'
import { makeOutside } from '#app/platform/outside-line.ts'

const request = (host = 'fhir.example'): OutsideRequest => ({ url: `https://${host}/a`, host, maxBytes: 10 })

/** Workers that answer when told to. */
class Workers {
  readonly made: FakeWorker[] = []
  readonly start = () => {
    const worker = new FakeWorker()
    this.made.push(worker)
    return worker as unknown as Worker
  }
}

class FakeWorker {
  onmessage: ((event: { data: OutsideAnswer }) => void) | undefined
  onerror: (() => void) | undefined
  readonly asked: OutsideRequest[] = []
  isEnded = false
  postMessage(asked: OutsideRequest): void {
    this.asked.push(asked)
  }
  terminate(): void {
    this.isEnded = true
  }
  answer(status = 200): void {
    this.onmessage?.({ data: { kind: 'answer', status, bytes: new Uint8Array() } })
  }
}

test('makeOutside() starts nothing before somebody is asked, one worker for an act, and ends it with the act', async () => {
  const workers = new Workers()
  const line = makeOutside(workers.start).open(['fhir.example'])
  expect(workers.made).toHaveLength(0)
  const [first, second] = [line.ask(request()), line.ask(request())]
  await vi.waitFor(() => expect(workers.made[0]?.asked).toHaveLength(1))
  workers.made[0]?.answer(401)
  expect(await first).toMatchObject({ status: 401 })
  await vi.waitFor(() => expect(workers.made[0]?.asked).toHaveLength(2))
  workers.made[0]?.answer()
  expect(await second).toMatchObject({ status: 200 })
  expect(workers.made).toHaveLength(1)
  line.close()
  expect(workers.made[0]?.isEnded).toBe(true)
  expect(await line.ask(request())).toEqual({ kind: 'unreachable' })
})

test('makeOutside() asks nobody but the hosts that the act named', async () => {
  const workers = new Workers()
  const line = makeOutside(workers.start).open(['fhir.example'])
  for (const host of ['other.example', 'fhir.example:8443', 'fhir.example.other.example']) {
    expect(await line.ask(request(host))).toEqual({ kind: 'not-allowed' })
  }
  expect(workers.made).toHaveLength(0)
})

test('makeOutside() answers at once what is broken off, and what cannot start', async () => {
  const workers = new Workers()
  const line = makeOutside(workers.start).open(['fhir.example'])
  const broken = line.ask(request())
  await vi.waitFor(() => expect(workers.made).toHaveLength(1))
  workers.made[0]?.onerror?.()
  expect(await broken).toEqual({ kind: 'unreachable' })
  const cut = line.ask(request())
  await vi.waitFor(() => expect(workers.made[0]?.asked).toHaveLength(2))
  line.close()
  expect(await cut).toEqual({ kind: 'unreachable' })
})
