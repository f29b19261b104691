import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { Made } from '#tests/support/read-made.ts'

/** Where files by others lie; they are not part of the project. */
const ROOT = process.env['WELLKEEP_CORPUS'] ?? join(import.meta.dirname, '../../../shared/data')

export function filesIn(folder: string, form: RegExp): readonly string[] {
  const path = join(ROOT, folder)
  return existsSync(path)
    ? readdirSync(path)
        .filter(name => form.test(name))
        .map(name => join(folder, name))
    : []
}

/** Every clinical document and piece of one; none where the files are not there. */
export const DOCUMENTS = ['ccda', 'ccda-sections', 'ccda-to-fhir-pairs'].flatMap(folder =>
  filesIn(folder, /\.(xml|ccda)(\.gz)?$/i),
)

export const bytesOf = (path: string) => readFileSync(join(ROOT, path))

export const textOf = (path: string) =>
  (path.endsWith('.gz') ? gunzipSync(bytesOf(path)) : bytesOf(path)).toString('utf8').replace(/^\uFEFF/, '')

/** What a file, or `text` instead of it, becomes. */
export async function madeOf(path: string, text?: string) {
  const bytes = text === undefined ? bytesOf(path) : new TextEncoder().encode(text)
  const file = await readImportFile(bytes, path)
  if (!file.ok) throw new Error(`refused: ${JSON.stringify(file.failure)}`)
  return { file: file.value, made: new Made(file.value) }
}

/** In place of a file's name: a test of no files is left out, and not missing. */
export const NONE_HERE = 'no files of others are here'
