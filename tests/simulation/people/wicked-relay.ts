import type { RelayConnection, StreamSocket } from '#sync-server/relay-connection.ts'
import type { SeededRandom } from '#tests/support/seeded-random.ts'
import type { VirtualTime } from '#tests/support/virtual-clock.ts'
import type { ReachableRelay } from '../faulty-link.ts'
import type { SimRelay } from '../sim-relay.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Headers = Readonly<Record<string, string>>

/** Something that was dropped into a mailbox, as whoever dropped it sent it: no relay needs more to drop it again. */
export interface Dropped {
  readonly path: string
  readonly headers: Headers
  readonly body: Bytes
}

/** What this relay does that no relay should. */
export interface Wickedness {
  /** Of a letter being kept back until it is honest again. */
  withholds: number
  /** Of a request being carried out twice. */
  repeats: number
  /** Says that a capability has ended, and goes on serving it for a while. */
  servesEnded: boolean
}

const POST_DROP = /^\/v1\/drop\/[0-9a-f]+$/
const ENDS_CAPABILITY = /^\/v1\/logs\/[0-9a-f]+\/caps\/[0-9a-f]+$/
const EMPTY = new Uint8Array(0)
/** While the challenge that it was signed for is still good. */
const SERVES_ENDED_MS = 3 * 60_000

/** Stands in front of the real relay and remembers every letter. */
export class WickedRelay implements ReachableRelay {
  readonly wickedness: Wickedness = { withholds: 0, repeats: 0, servesEnded: false }
  readonly letters: Dropped[]
  /** It said that something had ended which it did not even have: whoever heard that could do no more about it. */
  hasLied = false
  /** What it keeps back. */
  readonly #kept: Dropped[] = []
  readonly #late: (() => Promise<{ readonly status: number }>)[] = []
  readonly #time: VirtualTime
  readonly #random: SeededRandom
  #inner: SimRelay

  constructor(time: VirtualTime, random: SeededRandom, inner: SimRelay, letters: Dropped[] = []) {
    this.#time = time
    this.#random = random
    this.#inner = inner
    this.letters = letters
  }

  get inner(): SimRelay {
    return this.#inner
  }

  async request(method: string, path: string, headers: Headers, body: Bytes | undefined) {
    if (method === 'POST' && POST_DROP.test(path) && body !== undefined) return this.#drop({ path, headers, body })
    const forward = () => this.#inner.request(method, path, headers, body?.slice())
    if (method === 'DELETE' && ENDS_CAPABILITY.test(path) && this.wickedness.servesEnded) {
      this.#endLater(forward)
      return { status: 200, body: EMPTY }
    }
    if (method !== 'GET' && this.#random.chance(this.wickedness.repeats)) await forward()
    return forward()
  }

  connect(socket: StreamSocket): RelayConnection {
    return this.#inner.connect(socket)
  }

  /** A letter that was dropped before, dropped again, `into` another one's mailbox when given. */
  async replay({ path, headers, body }: Dropped, into?: Dropped): Promise<void> {
    await this.#inner.request('POST', into?.path ?? path, into?.headers ?? headers, body.slice())
  }

  /** Its disk is put back to before its last `lost` acts; every letter is there again. */
  async rollBack(lost: number): Promise<void> {
    this.#inner = await this.#inner.copyWithout(lost)
    for (const letter of this.letters) await this.replay(letter)
  }

  /** Another one that says the same, and from now on something else. */
  async fork(): Promise<WickedRelay> {
    const other = new WickedRelay(this.#time, this.#random, await this.#inner.copyWithout(0), this.letters)
    for (const letter of this.letters) await other.replay(letter)
    return other
  }

  /** From now on as it should be, with what it kept back or owed. */
  async becomeHonest(): Promise<void> {
    Object.assign(this.wickedness, { withholds: 0, repeats: 0, servesEnded: false })
    for (const letter of this.#random.shuffled(this.#kept.splice(0))) await this.replay(letter)
    for (const act of this.#late.splice(0)) await this.#end(act)
  }

  async #drop(letter: Dropped) {
    this.letters.push(letter)
    if (this.#random.chance(this.wickedness.withholds)) {
      this.#kept.push(letter)
      return { status: 201, body: EMPTY }
    }
    if (this.#random.chance(this.wickedness.repeats)) await this.replay(letter)
    return this.#inner.request('POST', letter.path, letter.headers, letter.body.slice())
  }

  async #end(act: () => Promise<{ readonly status: number }>): Promise<void> {
    if ((await act()).status >= 300) this.hasLied = true
  }

  #endLater(act: () => Promise<{ readonly status: number }>): void {
    this.#late.push(act)
    this.#time.after(SERVES_ENDED_MS, () => {
      const at = this.#late.indexOf(act)
      if (at === -1) return
      this.#late.splice(at, 1)
      void this.#time.track(this.#end(act))
    })
  }
}
