import { expect, test } from 'vitest'
import { isPublicAddress, KNOWN_PUSH_HOSTS, parseEndpoint } from '#sync-server/push/endpoint.ts'

test.each([
  'https://fcm.googleapis.com/fcm/send/abc:APA91b',
  'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
  'https://web.push.apple.com/QGu',
  'https://wns2-par02p.notify.windows.com/w/?token=BQYAAAB',
])('parseEndpoint() takes what a browser maker gives: %s', address => {
  expect(parseEndpoint(address, KNOWN_PUSH_HOSTS)?.href).toBe(address)
})

test.each([
  ['no address', 'fcm.googleapis.com'],
  ['not https', 'http://fcm.googleapis.com/x'],
  ['another port', 'https://fcm.googleapis.com:8443/x'],
  ['a user', 'https://me@fcm.googleapis.com/x'],
  ['a password', 'https://:secret@fcm.googleapis.com/x'],
  ['a fragment', 'https://fcm.googleapis.com/x#y'],
  ['another host', 'https://example.org/fcm.googleapis.com'],
  ['a host that ends alike', 'https://evilfcm.googleapis.com/x'],
  ['below one that stands alone', 'https://a.fcm.googleapis.com/x'],
  ['the name alone of which hosts lie below', 'https://push.apple.com/x'],
  ['a longer name', 'https://web.push.apple.com.example.org/x'],
  ['a number', 'https://127.0.0.1/x'],
  ['a number of six', 'https://[::1]/x'],
  ['a dot at the end', 'https://fcm.googleapis.com./x'],
])('parseEndpoint() takes nothing else: %s', (_, address) => {
  expect(parseEndpoint(address, KNOWN_PUSH_HOSTS)).toBeUndefined()
})

test('parseEndpoint() takes no number, also where the operator listed it', () => {
  expect(parseEndpoint('https://127.0.0.1/x', ['127.0.0.1'])).toBeUndefined()
})

test.each(['142.250.74.202', '17.57.146.20', '2a00:1450:4001:81b::200a', '2620:149:a44:b00::'])(
  'isPublicAddress() lets through %s',
  address => expect(isPublicAddress(address)).toBe(true),
)

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.168.1.1',
  '198.18.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  'fc00::1',
  'fd12::1',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  'localhost',
  '',
])('isPublicAddress() refuses %s', address => {
  expect(isPublicAddress(address)).toBe(false)
})
