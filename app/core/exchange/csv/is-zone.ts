const zones = new Map<string, boolean>()

/** Whether this machine knows the zone by this name (IANA). */
export function isZone(zone: string): boolean {
  const known = zones.get(zone)
  if (known !== undefined) return known
  const isOne = canFormatIn(zone)
  if (zones.size < 1000) zones.set(zone, isOne)
  return isOne
}

function canFormatIn(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}
