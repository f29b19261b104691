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

  constructor(addresses: readonly Address[]) {
    this.#addresses = addresses
    for (const [index, address] of addresses.entries()) {
      for (const each of callNames(address)) {
        const there = this.#byName.get(each)
        if (there === undefined) this.#byName.set(each, [index])
        else there.push(index)
      }
    }
  }

  /** The place of its address in the list, for somebody who stands in `holder`. */
  find(reference: string, holder: string): number | undefined {
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

/** Files by line have no `fullUrl`; some then call a resource by a UUID that is its id. */
function callNames({ name, fullUrl }: Address): ReadonlySet<string> {
  const uuid = UUID.exec(name ?? '')?.[1]
  const names = [name, fullUrl, uuid === undefined ? undefined : `urn:uuid:${uuid}`]
  return new Set(names.filter(each => each !== undefined))
}

const isWeb = (address: string) => /^https?:/i.test(address)
const withoutVersion = (address: string) => address.replace(/\/_history\/.*$/, '')

/** How much of its way from the outside is the same. */
function sharedLength(one: string, other: string): number {
  const [ones, others] = [one.split(', '), other.split(', ')]
  const differs = ones.findIndex((each, index) => each !== others[index])
  return differs === -1 ? ones.length : differs
}
