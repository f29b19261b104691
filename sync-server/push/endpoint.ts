import { BlockList, isIP } from 'node:net'

/**
 * Where the browser makers' push services are: Chrome and its relatives, Firefox, Safari, Edge. From the addresses that the makers
 * document, looked up in November 2026. A name that begins with a dot stands for every host below it.
 */
export const KNOWN_PUSH_HOSTS: readonly string[] = [
  'fcm.googleapis.com',
  '.push.services.mozilla.com',
  '.push.apple.com',
  '.notify.windows.com',
]

/** https on its own port at one of `hosts`, and nothing in it but host and path; undefined for any other address. */
export function parseEndpoint(text: string, hosts: readonly string[]): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isPlain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === ''
  const isListed = hosts.some(host => url.hostname === host || (host.startsWith('.') && url.hostname.endsWith(host)))
  return isPlain && url.hash === '' && isListed && isIP(url.hostname) === 0 ? url : undefined
}

/** IANA's special-purpose registry: what is not for everybody on the internet. */
const NOT_PUBLIC_V4 = listOf('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
])
/** All global unicast there is; mapped, translated, local and multicast addresses lie outside. */
const UNICAST_V6 = listOf('ipv6', [['2000::', 3]])
/** Of it: protocol assignments with Teredo, documentation, 6to4. */
const NOT_PUBLIC_V6 = listOf('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
])

function listOf(family: 'ipv4' | 'ipv6', ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [net, prefix] of ranges) list.addSubnet(net, prefix, family)
  return list
}

/** Neither this machine, nor its network, nor anything else that only some can reach. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !NOT_PUBLIC_V4.check(address, 'ipv4')
  const isPlainV6 = isIP(address) === 6 && !address.includes('%')
  return isPlainV6 && UNICAST_V6.check(address, 'ipv6') && !NOT_PUBLIC_V6.check(address, 'ipv6')
}
