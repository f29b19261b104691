import { expect, test } from 'vitest'
import { isLocalOrigin, parseRelayOrigin } from '#schema/relay-origin.ts'

test('parseRelayOrigin() takes the origin of an address as people paste it', () => {
  expect(parseRelayOrigin('https://relay.example/meet#abc')).toBe('https://relay.example')
  expect(parseRelayOrigin('HTTPS://Relay.Example:8443/')).toBe('https://relay.example:8443')
  expect(parseRelayOrigin('http://localhost:8787/meet')).toBe('http://localhost:8787')
})

test('parseRelayOrigin() takes nothing that goes over the network in the clear, or is no address', () => {
  const others = [
    '',
    'relay.example',
    'http://relay.example',
    'ws://relay.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://ana:secret@relay.example',
    'http://localhost.example',
  ]
  expect(others.filter(text => parseRelayOrigin(text) !== undefined)).toEqual([])
})

test('isLocalOrigin() is true of this machine alone', () => {
  const isLocal = (text: string) => isLocalOrigin(parseRelayOrigin(text)!)
  expect(['http://localhost:1', 'https://127.0.0.1', 'http://[::1]:2'].map(isLocal)).toEqual([true, true, true])
  expect(isLocal('https://localhost.example')).toBe(false)
})
