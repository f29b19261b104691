import { beforeAll, expect, test, vi } from 'vitest'
import { makeViewerDoor } from '#app/platform/viewer-door.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { fail, ok } from '#schema/result.ts'
import { linkOf, sealJwe } from '#tests/support/make-link.ts'

const ORIGIN = 'http://localhost:8787'
const url = `${ORIGIN}/v1/shl/abc`
const PLAIN = '{"resourceType":"Bundle"}'

beforeAll(readyCrypto)

const answering = (body: string, status = 200) => vi.fn<typeof fetch>(async () => new Response(body, { status }))

test('makeViewerDoor() asks nobody before it is opened, and then its own relay alone, without the key', async () => {
  const send = answering(await sealJwe(PLAIN))
  const link = linkOf({ url, flag: 'U', label: 'x', exp: 1 })
  const door = makeViewerDoor(link, ORIGIN, send)
  // Over by its own word: the relay’s clock decides.
  expect(door.link).toMatchObject({ ok: true, value: { label: 'x' } })
  expect(send).not.toHaveBeenCalled()
  expect(await door.open({ recipient: 'Dr. Weber' })).toEqual(ok([PLAIN]))
  expect(send.mock.calls.map(([address]) => address)).toEqual([`${url}?recipient=Dr.+Weber`])
})

test('a link that lies elsewhere is not asked for', async () => {
  const send = answering('')
  const door = makeViewerDoor(linkOf({ url: 'https://clinic.example/shl' }), ORIGIN, send)
  expect(door.link).toEqual(fail({ kind: 'foreign', host: 'clinic.example' }))
  expect(makeViewerDoor('nonsense', ORIGIN, send).link).toEqual(fail({ kind: 'link', why: 'unreadable' }))
  expect(makeViewerDoor(linkOf({ url: 'http://clinic.example/shl' }), ORIGIN, send).link).toMatchObject({ ok: false })
  expect(send).not.toHaveBeenCalled()
})

test('a passcode goes in the body, and a wrong one says the tries left', async () => {
  const send = answering('{"remainingAttempts":3}', 401)
  const door = makeViewerDoor(linkOf({ url, flag: 'P' }), ORIGIN, send)
  const opened = await door.open({ recipient: 'Dr. Weber', passcode: '4711' })
  expect(opened).toEqual(fail({ kind: 'link', why: 'passcode', triesLeft: 3 }))
  const [address, init] = send.mock.calls[0] ?? []
  expect(address).toBe(url)
  expect(init?.body).toContain('"passcode":"4711"')
})
