import { unitOf } from '#schema/codes/measures.ts'
import type { ColumnUse, DateOrder, TableColumn, TableDoubt, TableMapping } from '../../table-session.ts'
import { columnOf, isMeasure, isSensorExport } from './heading.ts'
import { writtenUnit } from './written-units.ts'
import { isEmptyCell } from './read-cell.ts'
import { isZone } from './is-zone.ts'
import { utcOffset } from './read-time.ts'
import type { Table } from './table.ts'
import type { ColumnEvidence, Evidence } from './table-evidence.ts'

export interface Proposal {
  readonly mapping: TableMapping
  readonly doubts: readonly TableDoubt[]
}

/** How a table is most likely to be read, and what of it only the person knows. */
export function proposeMapping(table: Table, evidence: Evidence, zone: string): Proposal {
  const guessed = table.header.map((name, index) => guessColumn(name, evidence[index]))
  const columns = ofSensor(table.header, fittedColumns(guessed, evidence))
  const isUnsure = columns.some((column, index) => isDoubtful(column, table.header[index] ?? '', evidence[index]))
  const dateOrder = orderOf(columns, evidence)
  const decimal = decimalOf(columns, evidence, table)
  const mapping = {
    columns,
    zone,
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(decimal === undefined ? {} : { decimal }),
  }
  const doubts = doubtsOf(mapping, evidence)
  return { mapping, doubts: isUnsure && !isOwnTable(columns) ? [...new Set([...doubts, 'columns' as const])] : doubts }
}

/** What is still missing of a mapping before rows can be read by it. */
export function doubtsOf(mapping: TableMapping, evidence: Evidence): readonly TableDoubt[] {
  const { columns } = mapping
  const uses = new Set(columns.map(({ use }) => use))
  const has = (...wanted: readonly ColumnUse[]) => wanted.some(use => uses.has(use))
  const isHalf = uses.has('systolic') !== uses.has('diastolic')
  const hasMeasure = columns.some(({ use }) => isMeasure(use) || use === 'own' || use === 'value' || use === 'pressure')
  const isOpenUnit = ({ use, unit }: TableColumn) => isMeasure(use) && unitOf(use, unit) === undefined
  const openUnits = columns.some((column, index) => isOpenUnit(column) && !has('unit') && !hasOwnUnits(evidence[index]))
  const doubts: readonly (readonly [TableDoubt, boolean])[] = [
    ['when', !has('when', 'date')],
    ['measure', !hasMeasure || isHalf],
    ['unit', openUnits],
    ['date-order', mapping.dateOrder === undefined && hasDateOrder(columns, evidence)],
    ['decimal', mapping.decimal === undefined],
    ['person', has('person') && isPersonOpen(mapping, evidence)],
  ]
  return doubts.flatMap(([doubt, isOpen]) => (isOpen ? [doubt] : []))
}

/** Each cell says its unit itself: `80.5 kg`. */
function hasOwnUnits(evidence: ColumnEvidence | undefined): boolean {
  const values = [...(evidence?.values ?? [])]
  return values.length > 0 && values.every(value => writtenUnit(value.replace(/^[\d.,\s]+/, '')) !== undefined)
}

function isPersonOpen({ columns, person }: TableMapping, evidence: Evidence): boolean {
  const people = peopleIn(columns, evidence)
  return people.length > 1 && (person === undefined || !people.includes(person))
}

export function peopleIn(columns: readonly TableColumn[], evidence: Evidence): readonly string[] {
  const index = columns.findIndex(({ use }) => use === 'person')
  return [...(evidence[index]?.values ?? [])]
}

const timeColumns = (columns: readonly TableColumn[], evidence: Evidence) =>
  columns.flatMap(({ use }, index) => (['when', 'date', 'time'].includes(use) ? (evidence[index] ?? []) : []))

export function hasDateOrder(columns: readonly TableColumn[], evidence: Evidence): boolean {
  return timeColumns(columns, evidence).some(({ orders }) => orders !== undefined)
}

export function hasOpenZone(columns: readonly TableColumn[], evidence: Evidence): boolean {
  const zones = evidence[columns.findIndex(({ use }) => use === 'zone')]
  const isSaid =
    zones !== undefined &&
    zones.filled > 0 &&
    [...zones.values].every(zone => isZone(zone) || utcOffset(zone) !== undefined)
  return !isSaid && timeColumns(columns, evidence).some(({ openZones }) => openZones > 0)
}

/** By its words; where those say nothing, by what stands in it. */
function guessColumn(name: string, evidence: ColumnEvidence | undefined): TableColumn {
  const { filled = 0, dates = 0, timed = 0, clocks = 0, numbers = 0, pairs = 0 } = evidence ?? {}
  const known = columnOf(name)
  const isMostly = (count: number) => filled > 0 && count >= filled * 0.8
  const isTimeWord = known?.use === 'date' || known?.use === 'time' || known?.use === 'when'
  if (isTimeWord || known === undefined) {
    if (isMostly(dates)) return { use: known?.use === 'date' && timed === 0 ? 'date' : 'when' }
    if (isMostly(clocks)) return { use: 'time' }
  }
  // Spanish calls a day what others call the lower of two pressures.
  if (known?.use === 'diastolic' && isMostly(dates)) return { use: timed === 0 ? 'date' : 'when' }
  if (known !== undefined) return known
  if (isMostly(pairs)) return { use: 'pressure' }
  return isMostly(numbers) && !isEmptyCell(name) ? { use: 'own' } : { use: 'left-out' }
}

/** Not every column can be what its words say: there is one time, one blood pressure, and a value is of something. */
function fittedColumns(guessed: readonly TableColumn[], evidence: Evidence): readonly TableColumn[] {
  const once: readonly ColumnUse[] = [
    'when',
    'date',
    'time',
    'systolic',
    'diastolic',
    'pressure',
    'what',
    'value',
    'unit',
    'zone',
    'control',
  ]
  const columns = guessed.map((column, index): TableColumn => {
    const isSecond = once.includes(column.use) && guessed.findIndex(({ use }) => use === column.use) < index
    return isSecond ? { use: 'left-out' } : column
  })
  const hasMoment = columns.some(({ use }) => use === 'when')
  const timed = hasMoment ? columns.map(column => (isDateOrTime(column) ? beside(column) : column)) : columns
  return withNamedValue(timed, evidence)
}

/** Clarity calls a sensor's glucose by the word that others have for a meter's. */
function ofSensor(header: readonly string[], columns: readonly TableColumn[]): readonly TableColumn[] {
  if (!isSensorExport(header)) return columns
  return columns.map(column => (column.use === 'glucose' ? { ...column, use: 'glucose-sensor' } : column))
}

const isDateOrTime = ({ use }: TableColumn) => use === 'date' || use === 'time'
/** A day alone can still lie beside a time of day. */
const beside = (column: TableColumn): TableColumn => (column.use === 'time' ? column : { use: 'left-out' })

/** `value` of nothing named is a weight in kilograms, and glucose where a meter also says what it measured of its test liquid. */
function withNamedValue(columns: readonly TableColumn[], evidence: Evidence): readonly TableColumn[] {
  const has = (wanted: ColumnUse) => columns.some(({ use }) => use === wanted)
  const units = [...(evidence[columns.findIndex(({ use }) => use === 'unit')]?.values ?? [])]
  if (units.length === 0 || has('what') || has('codes')) return columns
  const use = (['weight', ...(has('control') ? (['glucose'] as const) : [])] as const).find(measure =>
    units.every(unit => unitOf(measure, writtenUnit(unit)) !== undefined),
  )
  return use === undefined ? columns : columns.map(column => (column.use === 'value' ? { use } : column))
}

/** The table of weights that this app itself writes: nothing else begins and ends so. */
function isOwnTable(columns: readonly TableColumn[]): boolean {
  return columns.map(({ use }) => use).join(' ') === 'when weight unit note left-out'
}

/** It holds something, and its words did not say what. */
function isDoubtful({ use }: TableColumn, name: string, evidence: ColumnEvidence | undefined): boolean {
  if ((evidence?.filled ?? 0) === 0) return false
  const known = columnOf(name)
  if (known === undefined) return true
  const isSameKind = ['when', 'date', 'time'].includes(known.use) && ['when', 'date', 'time'].includes(use)
  // Other columns of the table left no doubt.
  const isFollowed =
    (known.use === 'glucose' && use === 'glucose-sensor') || (known.use === 'value' && use === 'glucose')
  return known.use !== use && !isSameKind && !isFollowed
}

function orderOf(columns: readonly TableColumn[], evidence: Evidence): DateOrder | undefined {
  const sets = timeColumns(columns, evidence).flatMap(({ orders }) => orders ?? [])
  const orders = sets.reduce<ReadonlySet<DateOrder> | undefined>((all, set) => all?.intersection(set) ?? set, undefined)
  // Two digits of a year at the beginning are only thought of where nothing else fits.
  const likely = [...(orders ?? [])].filter((order, _, all) => order !== 'year-first' || all.length === 1)
  return likely.length === 1 ? likely[0] : undefined
}

function decimalOf(columns: readonly TableColumn[], evidence: Evidence, { separator }: Table): '.' | ',' | undefined {
  const numbers = columns.flatMap(({ use }, index) =>
    isMeasure(use) || use === 'own' || use === 'value' ? (evidence[index] ?? []) : [],
  )
  const sum = (name: 'commas' | 'points' | 'unclear') => numbers.reduce((total, each) => total + each[name], 0)
  const [commas, points, unclear] = [sum('commas'), sum('points'), sum('unclear')]
  if (commas > 0 && points > 0) return undefined
  if (commas > 0) return ','
  if (points > 0) return '.'
  if (unclear > 0) return undefined
  return separator === ';' ? ',' : '.'
}
