import { localName } from './reference-index.ts'

/** What a resource may be called by. */
export interface Address {
  /** Where its Bundle or file stands: bare names count first among those that stand there. Empty for the file itself. */
  readonly holder: string
  /** `Type/id`. */
  readonly name?: string
  readonly fullUrl?: string
}

/**
 * Finds which resource a reference means where a file holds several Bundles or files, each with names of its own: `Patient/1` is somebody
 * else in each. What stays uncertain is not found.
 */
export class AddressBook {
  readonly #addresses: readonly Address[]
  readonly #byName = new Map<string, number[]>()
  /** By holder and reference: nearly every resource of a file refers to the same person. */
  readonly #found = new Map<string, Map<string, number | undefined>>()

  constructor(addresses: readonly Address[]) {
    this.#addresses = addresses
    for (const [index, { name, fullUrl }] of addresses.entries()) {
      if (name !== undefined) this.#call(name, index)
      if (fullUrl !== undefined) this.#call(fullUrl, index)
      const uuid = UUID.exec(name ?? '')?.[1]
      if (uuid !== undefined) this.#call(`urn:uuid:${uuid}`, index)
    }
  }

  /** The place of its address in the list, for somebody who stands in `holder`. */
  find(reference: string, holder: string): number | undefined {
    const found = this.#found.get(holder) ?? new Map<string, number | undefined>()
    this.#found.set(holder, found)
    if (!found.has(reference)) found.set(reference, this.#search(reference, holder))
    return found.get(reference)
  }

  /** Files by line have no `fullUrl`; some then call a resource by a UUID that is its id. */
  #call(name: string, index: number): void {
    const there = this.#byName.get(name)
    if (there === undefined) this.#byName.set(name, [index])
    else if (there.at(-1) !== index) there.push(index)
  }

  #search(reference: string, holder: string): number | undefined {
    const exact = this.#byName.get(reference)
    const tail = localName(reference)
    const named = exact ?? (tail === undefined ? [] : (this.#byName.get(tail) ?? []))
    const fitting = named.filter(index => this.#isAt(reference, index))
    const lengths = fitting.map(index => sharedLength(this.#addresses[index]?.holder ?? '', holder))
    const nearest = fitting.filter((_, index) => lengths[index] === Math.max(...lengths))
    const isOne = nearest.length === 1 || new Set(nearest.map(index => this.#addresses[index]?.holder)).size === 1
    return isOne ? nearest[0] : undefined
  }

  /** An address at a server is not that of a resource of the same name at another. */
  #isAt(reference: string, index: number): boolean {
    const { fullUrl = '' } = this.#addresses[index] ?? {}
    return !isWeb(reference) || !isWeb(fullUrl) || withoutVersion(reference) === withoutVersion(fullUrl)
  }
}

const UUID = /^[A-Za-z]+\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

const isWeb = (address: string) => /^https?:/i.test(address)
const withoutVersion = (address: string) => address.replace(/\/_history\/.*$/, '')

/** How much of its way from the outside is the same. */
function sharedLength(one: string, other: string): number {
  const [ones, others] = [one.split(', '), other.split(', ')]
  const differs = ones.findIndex((each, index) => each !== others[index])
  return differs === -1 ? ones.length : differs
}
