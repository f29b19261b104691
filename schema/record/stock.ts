import type { Result } from '../result.ts'
import { type EntryParts, STOCK_CHANGES, type StockFields } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { at, type JsonObject } from './fhir/json.ts'
import {
  entryIdIn,
  entryReference,
  inWords,
  isPatientSupplied,
  noteOf,
  type OwnResource,
  ownResource,
} from './own-resource.ts'
import { fhirDateTime, parseWhen } from './when.ts'

const MAX_AMOUNT = 100_000
const MAX_UNIT = 40

export function parseStock(value: unknown): Result<StockFields, InvalidField> {
  return readFields(value, read => {
    const fields = {
      kind: read.choice('kind', ['stock']),
      medicineId: read.entryId('medicineId'),
      medicineName: read.text('medicineName'),
      change: read.choice('change', STOCK_CHANGES),
      happenedAt: read.dateTime('happenedAt'),
      amount: read.number('amount', 0, MAX_AMOUNT),
      unit: read.text('unit', MAX_UNIT),
      ...read.note(),
    }
    return fields.amount === 0 && fields.change !== 'counted' ? read.stop('amount') : fields
  })
}

export function stockParts(fields: StockFields): EntryParts {
  const { medicineId, medicineName, change, happenedAt, amount, unit } = fields
  const when = parseWhen(happenedAt)
  return {
    kind: 'stock',
    section: 'medicines',
    title: medicineName,
    ...(when.ok ? { when: when.value } : {}),
    value: { type: 'quantity', quantity: { value: amount, unit, isUcum: false } },
    status: 'active',
    codes: [],
    event: { type: 'stock', medicineId, change, amount },
  }
}

const WORDS = {
  fetched: 'Medicine fetched',
  counted: 'Medicine counted',
  spoilt: 'Medicine lost or spoilt',
} as const satisfies Record<StockFields['change'], string>

/**
 * An Observation of each (decision 36): SupplyDelivery has no place for what was counted or lost, nor for which of somebody's
 * medicines it was.
 */
export function stockToFhir(fields: StockFields, own: OwnResource): JsonObject {
  const { medicineId, medicineName, change, happenedAt, amount, unit } = fields
  return {
    ...ownResource('Observation', own),
    status: 'final',
    code: inWords(WORDS[change]),
    subject: { reference: own.subject },
    focus: [entryReference(own, medicineId, medicineName)],
    effectiveDateTime: fhirDateTime(happenedAt),
    performer: [{ reference: own.subject }],
    valueQuantity: { value: amount, unit },
    ...noteOf(fields.note),
  }
}

/** Of what `stockToFhir` wrote. Its medicine is called by a UUID. */
export function stockFromFhir(resource: JsonObject): StockFields | undefined {
  const change = STOCK_CHANGES.find(each => WORDS[each] === at(resource, 'code', 'text'))
  if (change === undefined || !isPatientSupplied(resource)) return undefined
  const parsed = parseStock({
    kind: 'stock',
    medicineId: entryIdIn(resource['focus']),
    medicineName: at(resource['focus'], 'display'),
    change,
    happenedAt: resource['effectiveDateTime'],
    amount: at(resource, 'valueQuantity', 'value'),
    unit: at(resource, 'valueQuantity', 'unit'),
    note: at(resource['note'], 'text'),
  })
  return parsed.ok ? parsed.value : undefined
}
