import type { Deed } from './record-deeds.ts'

const HOUR_MS = 3600_000

export const die: Deed = async (world, device, { store }) => {
  if (world.random.chance(0.3)) {
    device.kill()
    device.died()
  } else store.dieIn(1 + world.random.below(80), world.random.chance(0.5))
}

export const restart: Deed = async (world, device) => {
  await device.lock()
  world.count('lock')
  world.time.after(world.random.below(8000), () => world.restart(device))
}

export const failStore: Deed = async (world, _device, { store }) => {
  store.failNext(world.random.pick(['quota', 'aborted']))
  world.count('disk refuses')
}

export const turnClock: Deed = async (world, device, { clock }) => {
  if (!world.perils.has('clocks')) return
  device.clockOffsetMs = world.random.pick([0, HOUR_MS, -5 * HOUR_MS, 365 * 24 * HOUR_MS, -3 * 365 * 24 * HOUR_MS])
  clock.offsetMs = device.clockOffsetMs
  world.count('clock turned')
}

/** One of two devices was lost or stolen; it goes on as it can. */
export const removeDevice: Deed = async (world, device, { session }) => {
  const staying = world.devicesOf(device.person)
  const lost = staying.find(other => other !== device)
  if (lost === undefined || world.random.chance(0.6)) return
  const listed = (await session.devices()).find(one => !one.isThisOne && !one.isBeingRemoved)
  if (listed === undefined) return
  lost.isRemoved = true
  const removed = await session.removeDevice(listed.deviceId)
  if (!removed.ok) lost.isRemoved = false
  world.count(`remove device ${removed.ok ? 'ok' : removed.failure.kind}`)
  world.note(`${device.name} removes ${lost.name} ${removed.ok}`)
}
