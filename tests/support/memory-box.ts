import type { DeviceBox } from '#app/core/ports.ts'
import { ok } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A device's box in memory, which outlasts the processes that use it. `plain`: what is in it. */
export interface MemoryBox extends DeviceBox {
  readonly plain: string | undefined
}

export function makeMemoryBox(): MemoryBox {
  let content: Bytes | undefined
  return {
    get plain() {
      return content && new TextDecoder().decode(content)
    },
    read: async () => content?.slice(),
    async put(plain) {
      content = plain.slice()
      return ok(undefined)
    },
    async empty() {
      content = undefined
      return ok(undefined)
    },
  }
}
