import {
  type ColumnUse,
  type DateOrder,
  MEASURE_UNITS,
  type TableColumn,
  type TableLook,
  type TableMapping,
} from '#app/core/table-session.ts'

/** What is being said of a table; empty where nothing was chosen. */
export interface ColumnsDraft {
  readonly columns: readonly TableColumn[]
  readonly dateOrder: DateOrder | ''
  readonly decimal: '.' | ',' | ''
  readonly zone: string
  readonly person: string
}

export function draftOfTable({ mapping }: TableLook): ColumnsDraft {
  const { columns, dateOrder = '', decimal = '', zone, person = '' } = mapping
  return { columns, dateOrder, decimal, zone, person }
}

export function mappingOf({ columns, dateOrder, decimal, zone, person }: ColumnsDraft): TableMapping {
  return {
    columns,
    zone,
    ...(dateOrder === '' ? {} : { dateOrder }),
    ...(decimal === '' ? {} : { decimal }),
    ...(person === '' ? {} : { person }),
  }
}

/** The units that a column of this use can be in; none where it has no unit. */
export function unitsFor(use: ColumnUse): readonly string[] {
  return Object.hasOwn(MEASURE_UNITS, use) ? MEASURE_UNITS[use as keyof typeof MEASURE_UNITS] : []
}

/** Another use; a unit that fits it stays, and the only one there is needs no choice. */
export function withUse(draft: ColumnsDraft, index: number, use: ColumnUse): ColumnsDraft {
  const units = unitsFor(use)
  const before = draft.columns[index]?.unit
  const unit = units.length === 1 ? units[0] : units.find(each => each === before)
  return withColumn(draft, index, unit === undefined ? { use } : { use, unit })
}

export function withUnit(draft: ColumnsDraft, index: number, unit: string): ColumnsDraft {
  const use = draft.columns[index]?.use ?? 'left-out'
  return withColumn(draft, index, unit === '' ? { use } : { use, unit })
}

function withColumn(draft: ColumnsDraft, index: number, column: TableColumn): ColumnsDraft {
  return { ...draft, columns: draft.columns.with(index, column) }
}

/** Whether the unit of a column is still to be chosen. */
export function isUnitOpen({ columns }: ColumnsDraft, index: number): boolean {
  const column = columns[index]
  if (column === undefined || unitsFor(column.use).length === 0 || column.unit !== undefined) return false
  return !columns.some(({ use }) => use === 'unit')
}
