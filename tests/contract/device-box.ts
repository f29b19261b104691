import { describe, expect, test } from 'vitest'
import type { DeviceBox } from '#app/core/ports.ts'
import { ok } from '#schema/result.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

/** What every DeviceBox promises. `make` answers an empty one, and how the next process opens it. */
export function describeDeviceBox(
  name: string,
  make: () => Promise<{ readonly box: DeviceBox; readonly again: () => Promise<DeviceBox> }>,
): void {
  describe(`${name} as a DeviceBox`, () => {
    test('has nothing at first, then the last thing that was put in, also for the next process', async () => {
      const { box, again } = await make()
      expect(await box.read()).toBeUndefined()
      expect(await box.put(bytes(1, 2))).toEqual(ok(undefined))
      expect(await box.put(bytes(3))).toEqual(ok(undefined))
      expect(await box.read()).toEqual(bytes(3))
      expect(await (await again()).read()).toEqual(bytes(3))
    })

    test('has nothing once it was emptied, as often as that is asked', async () => {
      const { box, again } = await make()
      await box.put(bytes(1))
      expect(await box.empty()).toEqual(ok(undefined))
      expect(await box.empty()).toEqual(ok(undefined))
      expect(await box.read()).toBeUndefined()
      expect(await (await again()).read()).toBeUndefined()
    })
  })
}
