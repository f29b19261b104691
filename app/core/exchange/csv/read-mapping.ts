import { isObject } from '#schema/record/fhir/json.ts'
import { COLUMN_USES, DATE_ORDERS, type TableColumn, type TableMapping } from '../../table-session.ts'
import { isZone } from './is-zone.ts'

const MAX_TEXT = 200

/** A mapping that was kept, or stands in a file of its own; undefined where it is none. Total. */
export function readMapping(value: unknown): TableMapping | undefined {
  if (!isObject(value) || !Array.isArray(value['columns'])) return undefined
  const columns = value['columns'].map(readColumn)
  const { dateOrder, decimal, zone, person } = value
  if (columns.includes(undefined) || typeof zone !== 'string' || !isZone(zone)) return undefined
  const order = DATE_ORDERS.find(each => each === dateOrder)
  const mark = (['.', ','] as const).find(each => each === decimal)
  return {
    columns: columns.flatMap(column => column ?? []),
    ...(order === undefined ? {} : { dateOrder: order }),
    ...(mark === undefined ? {} : { decimal: mark }),
    zone,
    ...(typeof person === 'string' && person.length <= MAX_TEXT ? { person } : {}),
  }
}

function readColumn(value: unknown): TableColumn | undefined {
  if (!isObject(value)) return undefined
  const use = COLUMN_USES.find(each => each === value['use'])
  const { unit } = value
  if (use === undefined) return undefined
  return typeof unit === 'string' && unit.length <= MAX_TEXT ? { use, unit } : { use }
}
