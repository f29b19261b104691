import { objectsOf, tokenOf } from '#schema/record/fhir/json.ts'

/** What a page says of those beside it (FHIR R4 §3.1.1.4, "Paging"; servers write `prev` as well). */
const BESIDE: ReadonlySet<string> = new Set(['next', 'previous', 'prev'])

/** Which pages of an answer a file holds, and which others they name. Nobody is asked for those. */
export class BundlePages {
  readonly #own = new Set<string>()
  readonly #named = new Set<string>()

  /** Reads `Bundle.link`. */
  note(links: unknown): void {
    for (const link of objectsOf(links)) {
      const [relation, url] = [tokenOf(link['relation']), tokenOf(link['url'])]
      if (url === undefined || relation === undefined) continue
      if (relation === 'self') this.#own.add(url)
      else if (BESIDE.has(relation)) this.#named.add(url)
    }
  }

  /** A page is named that is not here. */
  get isPartial(): boolean {
    return [...this.#named].some(url => !this.#own.has(url))
  }
}
