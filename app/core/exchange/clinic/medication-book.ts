import type { ClinicPage } from './read-clinic.ts'

const NAME = /^Medication\/[A-Za-z0-9.-]{1,64}/

/** Which products the medicines of a clinic name, and which came. */
export class MedicationBook {
  readonly #named = new Set<string>()
  readonly #here = new Set<string>()

  add({ named, here }: ClinicPage['medications']): void {
    for (const name of named) this.#named.add(name)
    for (const name of here) this.#here.add(name)
  }

  clear(): void {
    this.#named.clear()
    this.#here.clear()
  }

  /** As `Medication/id` on the server at `address`; what lies with anybody else is nobody's to ask for. */
  missing(address: string): readonly string[] {
    const names = [...this.#named].flatMap(reference => {
      const local = reference.startsWith(`${address}/`) ? reference.slice(address.length + 1) : reference
      return NAME.exec(local)?.[0] ?? []
    })
    return [...new Set(names)].filter(name => !this.#here.has(name))
  }
}
