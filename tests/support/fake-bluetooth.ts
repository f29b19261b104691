/** What a fake device says: of each service, by number, what each of its characteristics sends once it is listened to. */
export type FakeServices = Readonly<Record<number, Readonly<Record<number, readonly string[]>>>>

/**
 * Runs in the page: puts a `navigator.bluetooth` there that speaks the given bytes, as hex. A record access control point (0x2a52) makes
 * the rest of its service speak only once all records are asked for.
 */
export function injectBluetooth({ services, name }: { readonly services: FakeServices; readonly name: string }): void {
  const POINT = 0x2a52
  class Characteristic extends EventTarget {
    value: DataView | undefined
    readonly #number: number
    readonly #service: Readonly<Record<number, readonly string[]>>
    readonly #others: Map<number, Characteristic>
    constructor(
      number: number,
      service: Readonly<Record<number, readonly string[]>>,
      others: Map<number, Characteristic>,
    ) {
      super()
      this.#number = number
      this.#service = service
      this.#others = others
    }
    say() {
      for (const hex of this.#service[this.#number] ?? []) {
        const bytes = Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], pair => Number.parseInt(pair, 16))
        this.value = new DataView(bytes.buffer)
        this.dispatchEvent(new Event('characteristicvaluechanged'))
      }
    }
    async startNotifications() {
      if (!(POINT in this.#service)) setTimeout(() => this.say())
    }
    async writeValueWithResponse(bytes: Uint8Array) {
      if (bytes[0] !== 1 || bytes[1] !== 1) throw new Error('Only all records can be asked for')
      for (const other of this.#others.values()) if (other !== this) other.say()
    }
  }
  const device = Object.assign(new EventTarget(), { name, gatt: undefined as unknown })
  device.gatt = {
    connected: true,
    connect: async () => device.gatt,
    disconnect: () => device.dispatchEvent(new Event('gattserverdisconnected')),
    async getPrimaryService(number: number) {
      const service = services[number]
      if (service === undefined) throw new DOMException('No such service', 'NotFoundError')
      const made = new Map<number, Characteristic>()
      return {
        async getCharacteristic(one: number) {
          if (!(one in service)) throw new DOMException('No such characteristic', 'NotFoundError')
          const characteristic = made.get(one) ?? new Characteristic(one, service, made)
          made.set(one, characteristic)
          return characteristic
        },
      }
    },
  }
  const bluetooth = {
    async requestDevice() {
      if (!navigator.userActivation.isActive) throw new DOMException('Must come of a tap', 'SecurityError')
      return device
    },
  }
  Object.defineProperty(navigator, 'bluetooth', { value: bluetooth, configurable: true })
}
