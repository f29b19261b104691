import { type Characteristic, CHARACTERISTICS } from '#schema/devices/gatt-readings.ts'

/** A measurement as a device sent it. */
interface SentValue {
  readonly characteristic: Characteristic
  readonly bytes: Uint8Array
}

type DeviceEnd = 'ended' | 'none-chosen' | 'unreachable' | 'nothing-known'

/** What the window asks of devices near by (https://webbluetoothcg.github.io/web-bluetooth/). */
interface BrowserDevices {
  readonly isPossible: boolean
  /**
   * Lets the person choose one in the browser's own list, which must come of a tap, and hands on what it sends until it goes away or
   * `signal` ends it. Never throws.
   */
  listen(heard: (value: SentValue) => void, found: (name: string) => void, signal: AbortSignal): Promise<DeviceEnd>
}

/** The parts of Web Bluetooth that are used here: TypeScript's own library has none of it. */
interface GattCharacteristic extends EventTarget {
  readonly value?: DataView
  startNotifications(): Promise<unknown>
  writeValueWithResponse(bytes: Uint8Array): Promise<void>
}
interface GattService {
  getCharacteristic(number: number): Promise<GattCharacteristic>
}
interface GattServer {
  readonly connected: boolean
  connect(): Promise<GattServer>
  disconnect(): void
  getPrimaryService(number: number): Promise<GattService>
}
interface GattDevice extends EventTarget {
  readonly name?: string
  readonly gatt?: GattServer
}
interface Bluetooth {
  requestDevice(options: {
    readonly filters: readonly { readonly services: readonly number[] }[]
    readonly optionalServices: readonly number[]
  }): Promise<GattDevice>
}

/** Each standard service with what it sends, by their assigned numbers. */
const SERVICES: readonly (readonly [service: number, characteristics: readonly Characteristic[]])[] = [
  [0x1810, ['blood-pressure']],
  [0x181d, ['weight']],
  [0x1808, ['glucose', 'glucose-context']],
  [0x180d, ['pulse']],
  [0x1809, ['temperature']],
  [0x1822, ['oxygen-spot', 'oxygen-continuous']],
]
const NUMBERS = SERVICES.map(([service]) => service)

/** A meter and some oximeters keep readings and send them when asked: the record access control point. */
const ACCESS_POINT = 0x2a52
const KEEPERS: ReadonlySet<number> = new Set([0x1808, 0x1822])
const REPORT_ALL = Uint8Array.of(0x01, 0x01)

export function browserDevices(): BrowserDevices {
  const bluetooth = 'bluetooth' in navigator ? (navigator as { readonly bluetooth?: Bluetooth }).bluetooth : undefined
  return {
    isPossible: bluetooth !== undefined,
    async listen(heard, found, signal) {
      const device = await choose(bluetooth)
      if (device?.gatt === undefined) return 'none-chosen'
      found(device.name ?? '')
      const gone = goneOf(device, signal)
      try {
        const server = await device.gatt.connect()
        const count = await listenToAll(server, heard)
        if (count === 0) return 'nothing-known'
        await gone
        return 'ended'
      } catch {
        return 'unreachable'
      } finally {
        device.gatt.disconnect()
      }
    },
  }
}

/** The browser throws when the person closes its list, and when there is no radio: both come to the same. */
async function choose(bluetooth: Bluetooth | undefined): Promise<GattDevice | undefined> {
  try {
    return await bluetooth?.requestDevice({
      filters: NUMBERS.map(service => ({ services: [service] })),
      optionalServices: NUMBERS,
    })
  } catch {
    return undefined
  }
}

function goneOf(device: GattDevice, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    device.addEventListener('gattserverdisconnected', () => resolve(), { once: true })
    signal.addEventListener('abort', () => resolve(), { once: true })
    if (signal.aborted) resolve()
  })
}

/** How many characteristics are listened to now. */
async function listenToAll(server: GattServer, heard: (value: SentValue) => void): Promise<number> {
  let count = 0
  for (const [number, characteristics] of SERVICES) {
    const service = await there(server.getPrimaryService(number))
    if (service === undefined) continue
    for (const name of characteristics) {
      const characteristic = await there(service.getCharacteristic(CHARACTERISTICS[name]))
      if (characteristic === undefined) continue
      await follow(characteristic, bytes => heard({ characteristic: name, bytes }))
      count++
    }
    if (KEEPERS.has(number)) await askForKept(service)
  }
  return count
}

/** What a device does not have, it refuses. */
async function there<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked
  } catch {
    return undefined
  }
}

async function follow(characteristic: GattCharacteristic, hear: (bytes: Uint8Array) => void): Promise<void> {
  characteristic.addEventListener('characteristicvaluechanged', () => {
    const { value } = characteristic
    if (value !== undefined) hear(new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice())
  })
  await characteristic.startNotifications()
}

async function askForKept(service: GattService): Promise<void> {
  const point = await there(service.getCharacteristic(ACCESS_POINT))
  if (point === undefined) return
  await point.startNotifications()
  // A meter without any reading refuses.
  await there(point.writeValueWithResponse(REPORT_ALL))
}
