/**
 * What counts as one address: IPv4 as it is, IPv6 by its /64, which is what one household gets.
 * Only a count's key in memory; never logged.
 */
export function addressKey(address: string): string {
  const plain = address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - last.length)
  const whole = [...groups, ...Array.from({ length: missing }, () => '0'), ...last]
  return whole.slice(0, 4).join(':')
}

/**
 * Behind a proxy the operator trusts, the address it saw: the last one in `X-Forwarded-For`, which the proxy wrote itself.
 */
export function clientAddress(peer: string, forwarded: string | undefined, trustsProxy: boolean): string {
  const seen = trustsProxy ? forwarded?.split(',').at(-1)?.trim() : undefined
  return addressKey(seen === undefined || seen === '' ? peer : seen)
}
