import { expect, test } from 'vitest'
import type { OutsideRequest } from '#app/core/link-session.ts'
import { fetchOutside } from '#app/platform/outside-fetch.ts'

const REQUEST: OutsideRequest = { url: 'https://files.example/a?b=c', host: 'files.example', maxBytes: 10 }

/** Answers `response`, and tells what was sent. */
function sendOf(response: () => Response | Promise<Response>) {
  const sent: { url: string; init: RequestInit | undefined }[] = []
  const send: typeof fetch = async (url, init) => {
    sent.push({ url: typeof url === 'string' ? url : '', init })
    return response()
  }
  return { sent, send }
}

const redirect = () => Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' })

test('fetchOutside() sends neither cookies nor referrer, follows nothing, and keeps nothing', async () => {
  const { sent, send } = sendOf(() => new Response('yes'))
  expect(await fetchOutside(REQUEST, send)).toEqual({
    kind: 'answer',
    status: 200,
    bytes: new TextEncoder().encode('yes'),
  })
  expect(sent).toMatchObject([
    {
      url: REQUEST.url,
      init: { credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'manual', cache: 'no-store', mode: 'cors' },
    },
  ])
  expect(sent[0]?.init?.headers).toBeUndefined()
})

test('fetchOutside() posts JSON where there is something to say, and passes refusals on', async () => {
  const { sent, send } = sendOf(() => new Response('{}', { status: 401 }))
  expect(await fetchOutside({ ...REQUEST, body: '{"a":1}' }, send)).toMatchObject({ kind: 'answer', status: 401 })
  expect(sent[0]?.init).toMatchObject({
    method: 'POST',
    body: '{"a":1}',
    headers: { 'content-type': 'application/json' },
  })
})

test('fetchOutside() sends the headers it was given, and tells how long it is asked to wait', async () => {
  const headers = { authorization: 'Bearer a', accept: 'application/fhir+json' }
  const wait = (value: string) => () => new Response('', { status: 429, headers: { 'retry-after': value } })
  const { sent, send } = sendOf(wait('7'))
  expect(await fetchOutside({ ...REQUEST, headers }, send)).toMatchObject({ status: 429, retryAfterMs: 7000 })
  expect(sent[0]?.init).toMatchObject({ headers, credentials: 'omit' })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  await fetchOutside({ ...REQUEST, body: 'a=b', headers: form }, send)
  expect(sent[1]?.init).toMatchObject({ method: 'POST', body: 'a=b', headers: form })
  for (const odd of ['soon', '-1', 'Fri, 31 Dec 2027 23:59:59 GMT', '1e9', '99999999']) {
    expect(await fetchOutside(REQUEST, sendOf(wait(odd)).send)).not.toHaveProperty('retryAfterMs')
  }
})

test.each([
  'http://files.example/a',
  'https://other.example/a',
  'https://files.example:8443/a',
  'https://me:secret@files.example/a',
  'https://files.example.other.example/a',
  'file:///etc/passwd',
  'nothing',
])('fetchOutside() asks nobody but the host that was named: %s', async url => {
  const { sent, send } = sendOf(() => new Response('yes'))
  expect(await fetchOutside({ ...REQUEST, url }, send)).toEqual({ kind: 'not-allowed' })
  expect(sent).toEqual([])
})

test.each([
  ['redirected', redirect],
  ['redirected', () => new Response(null, { status: 302 })],
  ['too-large', () => new Response('more than ten letters')],
  ['unreachable', () => Promise.reject(new TypeError('Failed to fetch'))],
] as const)('fetchOutside() answers whatever happens: %s', async (kind, response) => {
  expect(await fetchOutside(REQUEST, sendOf(response).send)).toEqual({ kind })
})
