import { deflateRawSync } from 'node:zlib'
import { crc32 } from '#app/core/exchange/zip/crc32.ts'

/** Exports of Apple Health of our own making: every name and number in them is an example. */

/** The type declaration that iOS writes, cut to what matters, in the form that iOS 16 broke. */
export const DTD = `<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary|ClinicalRecord|Audiogram|VisionPrescription)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
<!ATTLIST Record
  type          CDATA #REQUIRED
  unit          CDATA #IMPLIED
>
<!-- Note: Any Records that appear as children of a correlation also appear as top-level records in this document. -->
<!ELEMENT SensitivityPoint EMPTY
<!ATTLIST SensitivityPoint
  frequencyValue CDATA #REQUIRED
  frequencyUnit CDATA #REQUIRED>
>
]>`

export const ME =
  ' <Me HKCharacteristicTypeIdentifierDateOfBirth="1970-03-04" HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale" HKCharacteristicTypeIdentifierBloodType="HKBloodTypeAPositive" HKCharacteristicTypeIdentifierFitzpatrickSkinType="HKFitzpatrickSkinTypeNotSet" HKCharacteristicTypeIdentifierCardioFitnessMedicationsUse="None"/>'
export const WATCH =
  'device="&lt;&lt;HKDevice: 0x282a45810&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,2, software:7.0.1&gt;"'

/** An export made on Wednesday, 20 March 2024, in Berlin. */
export const healthData = (...inside: readonly string[]) => healthDataOf('2024-03-20 10:30:00 +0100', inside)

/** An export made at `exportedAt`; of one that does not say when it was, undefined. */
export function healthDataOf(exportedAt: string | undefined, inside: readonly string[]): string {
  const exported = exportedAt === undefined ? '' : ` <ExportDate value="${exportedAt}"/>\n`
  return `<?xml version="1.0" encoding="UTF-8"?>\n${DTD}\n<HealthData locale="de_DE">\n${exported}${ME}\n${inside.join('\n')}\n</HealthData>\n`
}

interface Written {
  readonly source?: string
  readonly unit?: string
  readonly until?: string
  readonly more?: string
  readonly inside?: string
}

/** `kind`: an identifier without its `HKQuantityTypeIdentifier`, or whole. `at`: `2024-03-05 07:12:44 +0100`. */
export function record(kind: string, at: string, value: string, written: Written = {}): string {
  const { source = 'Health', unit, until = at, more = '', inside } = written
  const type = kind.startsWith('HK') ? kind : `HKQuantityTypeIdentifier${kind}`
  const start = ` <Record type="${type}" sourceName="${source}" sourceVersion="17.3" ${more} ${unit === undefined ? '' : `unit="${unit}"`} creationDate="${at}" startDate="${at}" endDate="${until}" value="${value}"`
  return inside === undefined ? `${start}/>` : `${start}>\n  ${inside}\n </Record>`
}

export const note = (key: string, value: string) => `<MetadataEntry key="${key}" value="${value}"/>`

/** A blood pressure as Apple writes it: in a Correlation, and both halves loose as well. */
export function pressure(at: string, upper: number, lower: number, source = 'Cuff'): string {
  const half = (kind: string, value: number) =>
    record(`BloodPressure${kind}`, at, String(value), { unit: 'mmHg', source })
  const halves = [half('Systolic', upper), half('Diastolic', lower)]
  return [
    ...halves,
    ` <Correlation type="HKCorrelationTypeIdentifierBloodPressure" sourceName="${source}" sourceVersion="1" creationDate="${at}" startDate="${at}" endDate="${at}">`,
    `  ${note('HKWasUserEntered', '1')}`,
    ...halves,
    ' </Correlation>',
  ].join('\n')
}

export interface ZippedFile {
  readonly name: string
  readonly text: string | Uint8Array
  readonly isStored?: boolean
}

/** A ZIP archive; `wide`: with ZIP64 sizes, as for files above 4 GB. */
export function zipOf(files: readonly ZippedFile[], wide = false): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const directory: Uint8Array<ArrayBuffer>[] = []
  let at = 0
  for (const file of files) {
    const { local, central } = zipParts(file, at, wide)
    parts.push(...local)
    directory.push(central)
    at += local.reduce((sum, part) => sum + part.length, 0)
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  return new Blob([...parts, ...directory, ...endOfZip(files.length, size, at, wide)])
}

function zipParts({ name, text, isStored = false }: ZippedFile, at: number, wide: boolean) {
  const plain = typeof text === 'string' ? new TextEncoder().encode(text) : new Uint8Array(text)
  const packed = isStored ? plain : new Uint8Array(deflateRawSync(plain))
  const sizes = { crc: crc32(plain), packedBytes: packed.length, bytes: plain.length }
  const { local, central } = zipHeads(name, sizes, { isStored, at, wide })
  return { local: [local, packed], central }
}

interface Sizes {
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
}

/** What stands before a file in an archive, and what its directory says of it. */
export function zipHeads(
  name: string,
  { crc, packedBytes, bytes }: Sizes,
  {
    isStored = false,
    at = 0,
    wide = false,
  }: { readonly isStored?: boolean; readonly at?: number; readonly wide?: boolean } = {},
) {
  const label = new TextEncoder().encode(name)
  const common = [0x0800, isStored ? 0 : 8, 0, 0]
  const short = wide ? [0xffffffff, 0xffffffff] : [packedBytes, bytes]
  const extra = wide ? [...u16(1, 24), ...u64(bytes, packedBytes, at)] : []
  const local = [
    ...u32(0x04034b50),
    ...u16(20, ...common),
    ...u32(crc, packedBytes, bytes),
    ...u16(label.length, 0),
    ...label,
  ]
  const central = [
    u32(0x02014b50),
    u16(20, 20, ...common),
    u32(crc, ...short),
    u16(label.length, extra.length, 0, 0, 0),
    u32(0, wide ? 0xffffffff : at),
    [...label],
    extra,
  ]
  return { local: new Uint8Array(local), central: new Uint8Array(central.flat()) }
}

export function endOfZip(count: number, size: number, at: number, wide = false): Uint8Array<ArrayBuffer>[] {
  const end = (many: number, bytes: number, start: number) =>
    new Uint8Array([...u32(0x06054b50), ...u16(0, 0, many, many), ...u32(bytes, start), ...u16(0)])
  if (!wide) return [end(count, size, at)]
  const end64 = [...u32(0x06064b50), ...u64(44), ...u16(45, 45), ...u32(0, 0), ...u64(count, count, size, at)]
  const locator = [...u32(0x07064b50, 0), ...u64(at + size), ...u32(1)]
  return [new Uint8Array(end64), new Uint8Array(locator), end(0xffff, 0xffffffff, 0xffffffff)]
}

const u16 = (...values: readonly number[]) => values.flatMap(value => [value & 0xff, value >> 8])
const u32 = (...values: readonly number[]) =>
  values.flatMap(value => [0, 8, 16, 24].map(shift => (value >>> shift) & 0xff))
const u64 = (...values: readonly number[]) => values.flatMap(value => u32(value % 2 ** 32, Math.floor(value / 2 ** 32)))
