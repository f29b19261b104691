import { fail, ok, type Result } from '#schema/result.ts'
import type { DeviceBox, StoreFailure } from './ports.ts'
import { Watched } from './watched.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The device's box, one act at a time, and who wants to hear of what is in it. Where there is none nothing can be put in. */
export class WatchedBox implements DeviceBox {
  readonly content = new Watched<Bytes | undefined>(undefined)
  readonly #box: DeviceBox | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(box: DeviceBox | undefined) {
    this.#box = box
  }

  read(): Promise<Bytes | undefined> {
    return this.#inTurn(() => this.#look())
  }

  put(plain: Bytes): Promise<Result<void, StoreFailure>> {
    return this.#inTurn(() => this.#put(plain))
  }

  /** As `put`, where something is in it; whoever emptied it before wants it empty. */
  renew(plain: Bytes): Promise<Result<void, StoreFailure>> {
    return this.#inTurn(async () => ((await this.#look()) === undefined ? ok(undefined) : this.#put(plain)))
  }

  empty(): Promise<Result<void, StoreFailure>> {
    return this.#inTurn(async () => {
      const emptied = (await this.#box?.empty()) ?? ok(undefined)
      await this.#look()
      return emptied
    })
  }

  async #put(plain: Bytes): Promise<Result<void, StoreFailure>> {
    const put = (await this.#box?.put(plain)) ?? fail('aborted')
    if (put.ok) this.content.set(plain)
    return put
  }

  async #look(): Promise<Bytes | undefined> {
    const found = await this.#box?.read()
    if (found !== undefined || this.content.value !== undefined) this.content.set(found)
    return found
  }

  #inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const answer = this.#turn.then(act)
    this.#turn = answer.catch(() => undefined)
    return answer
  }
}
