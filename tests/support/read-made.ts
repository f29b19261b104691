import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import type { ImportedFile } from '#app/core/exchange/imported-resource.ts'
import { isObject, type JsonObject } from '#schema/record/fhir/json.ts'

/** What a file becomes: each resource parsed, its row and its text. */
export async function readMade(text: string, fileName = 'file.xml'): Promise<ImportedFile & { readonly made: Made }> {
  const file = await readImportFile(new TextEncoder().encode(text), fileName)
  if (!file.ok) throw new Error(`refused: ${JSON.stringify(file.failure)}`)
  return { ...file.value, made: new Made(file.value) }
}

export class Made {
  readonly resources: readonly JsonObject[]
  readonly #file: ImportedFile

  constructor(file: ImportedFile) {
    this.#file = file
    this.resources = file.resources.map(({ text }) => parsed(text))
  }

  /** All resources of a type, in order. */
  all(resourceType: string): readonly JsonObject[] {
    return this.resources.filter(resource => resource['resourceType'] === resourceType)
  }

  /** The only one of its type. */
  one(resourceType: string): JsonObject {
    const [only, ...others] = this.all(resourceType)
    if (only === undefined || others.length > 0) throw new Error(`${others.length + (only ? 1 : 0)} of ${resourceType}`)
    return only
  }

  /** The rows of one kind: title, time and value as the timeline has them. */
  rows(kind: string): readonly object[] {
    return this.#file.resources
      .filter(({ parts }) => parts.kind === kind)
      .map(({ parts: { title, when, value, status, isNegated } }) => ({
        title,
        when: when?.text,
        value,
        status,
        isNegated,
      }))
  }

  /** As a Bundle whose references can be followed. */
  bundle(): JsonObject {
    const entry = this.#file.resources.map(({ fullUrl }, index) => ({ fullUrl, resource: this.resources[index] }))
    return { resourceType: 'Bundle', type: 'collection', entry }
  }
}

function parsed(text: string): JsonObject {
  const value: unknown = JSON.parse(text)
  return isObject(value) ? value : {}
}
