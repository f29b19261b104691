import { categoryOf, codeOf, MEASURE, type MeasureUnit, unitOf } from '#schema/codes/measures.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import { ARMS, BODY_POSITION, POSTURES } from '#schema/record/blood-pressure.ts'
import type { RemarkReason, RowFault } from '../../import-session.ts'
import type { TableColumn, TableMapping } from '../../table-session.ts'
import type { Fhir, FhirObject } from '../cda/fhir-json.ts'
import { stableUuid } from '../own-entries.ts'
import { columnOf, headingParts, isMeasure } from './heading.ts'
import { writtenUnit } from './written-units.ts'
import { type CellNumber, isEmptyCell, plainCell, readNumber } from './read-cell.ts'
import { isZone } from './is-zone.ts'
import { atOffset, type CivilTime, dateTimeIn, readClock, readTime, utcOffset } from './read-time.ts'
import { armOf, isTicked, postureOf } from './row-words.ts'

type RowReason = `row-${RowFault}`

interface RowResource {
  readonly id: string
  readonly resource: FhirObject
  readonly remarks: readonly RemarkReason[]
}

/** What one row comes to: each measurement by itself, and what is wrong with each that is not. */
interface ReadRow {
  readonly resources: readonly RowResource[]
  readonly unusable: readonly { readonly reason: RowReason; readonly cell: string }[]
}

class RowStop extends Error {
  readonly reason: RowReason
  readonly cell: string
  constructor(reason: RowReason, cell: string) {
    super(reason)
    this.reason = reason
    this.cell = cell
  }
}

/** Reads rows of one table. Nothing of a row that holds something is passed over without a word. */
export class RowReader {
  readonly #header: readonly string[]
  readonly #mapping: TableMapping
  readonly #decimal: '.' | ','
  readonly #columns: readonly (TableColumn & { readonly index: number })[]

  constructor(header: readonly string[], mapping: TableMapping) {
    this.#header = header
    this.#mapping = mapping
    this.#decimal = mapping.decimal ?? '.'
    this.#columns = mapping.columns.map((column, index) => ({ ...column, index }))
  }

  read(cells: readonly string[]): ReadRow {
    if (cells.slice(this.#header.length).some(cell => !isEmptyCell(cell)))
      return refused('row-width', cells.join(' · '))
    try {
      const person = this.#cell(cells, 'person')
      if (this.#mapping.person !== undefined && person !== this.#mapping.person)
        return refused('row-other-person', person)
      if (isTicked(this.#cell(cells, 'control'))) return refused('row-control', cells.join(' · '))
      return this.#readAt(cells, this.#timeOf(cells))
    } catch (error) {
      if (error instanceof RowStop) return refused(error.reason, error.cell)
      throw error
    }
  }

  #readAt(cells: readonly string[], time: CivilTime): ReadRow {
    const row = new RowMaker(time, this.#zoneOf(cells), this.#beside(cells))
    this.#pressure(cells, row)
    for (const column of this.#columns) {
      const cell = cells[column.index] ?? ''
      if (isEmptyCell(cell)) continue
      const { use } = column
      if (use === 'systolic' || use === 'diastolic' || use === 'pressure') continue
      if (isMeasure(use)) row.try(() => this.#measure(row, column, cell, cells))
      else if (use === 'own') row.try(() => this.#own(row, column, cell, cells))
      else if (use === 'value') row.try(() => this.#named(row, cell, cells))
    }
    if (row.resources.length === 0 && row.unusable.length === 0) return refused('row-no-value', cells.join(' · '))
    return row
  }

  #cell(cells: readonly string[], use: TableColumn['use']): string {
    const index = this.#columns.find(column => column.use === use)?.index
    const cell = index === undefined ? '' : (cells[index] ?? '')
    return isEmptyCell(cell) ? '' : cell
  }

  #timeOf(cells: readonly string[]): CivilTime {
    const written = this.#cell(cells, 'when') || this.#cell(cells, 'date')
    if (written === '') throw new RowStop('row-no-date', cells.join(' · '))
    const read = readTime(written, this.#mapping.dateOrder)
    if (!read.ok) throw new RowStop(read.failure === 'not-a-date' ? 'row-not-a-date' : 'row-impossible-date', written)
    const beside = this.#cell(cells, 'time')
    if (beside === '' || read.value.time !== undefined) return this.#atOffset(cells, read.value)
    const clock = readClock(beside)
    if (clock === undefined) throw new RowStop('row-not-a-date', beside)
    return { ...read.value, ...clock }
  }

  /** Samsung Health writes each time by the clock of UTC, and beside it how far the person's own was from that. */
  #atOffset(cells: readonly string[], civil: CivilTime): CivilTime {
    const offset = utcOffset(this.#cell(cells, 'zone'))
    return offset === undefined ? civil : atOffset(civil, offset)
  }

  /** What the row says counts before what the person said of all rows. */
  #zoneOf(cells: readonly string[]): string {
    const said = this.#cell(cells, 'zone')
    return isZone(said) ? said : this.#mapping.zone
  }

  /** Notes of the row; where there are several, each behind its heading. An arm or a position in other words is one of them. */
  #beside(cells: readonly string[]): RowBeside {
    const [arm, posture] = [this.#cell(cells, 'arm'), this.#cell(cells, 'posture')]
    const noted = this.#columns.filter(
      ({ use }) =>
        use === 'note' ||
        (use === 'arm' && armOf(arm) === undefined) ||
        (use === 'posture' && postureOf(posture) === undefined),
    )
    const notes = noted.flatMap(({ index }) => {
      const cell = cells[index] ?? ''
      if (isEmptyCell(cell)) return []
      // Our own tables have an apostrophe before what a spreadsheet would run.
      const said = cell.replace(/^'(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/, '')
      return [noted.length === 1 ? said : `${this.#header[index] ?? ''}: ${said}`]
    })
    return { note: notes.join('; '), arm: armOf(arm), posture: postureOf(posture) }
  }

  #number(cell: string): CellNumber {
    const number = readNumber(cell, this.#decimal)
    if (number === undefined) throw new RowStop('row-not-a-number', cell)
    return number
  }

  #pressure(cells: readonly string[], row: RowMaker): void {
    const whole = this.#cell(cells, 'pressure')
    const pair = PAIR.exec(plainCell(whole))
    const systolic = pair?.[1] ?? this.#cell(cells, 'systolic')
    const diastolic = pair?.[2] ?? this.#cell(cells, 'diastolic')
    row.try(() => {
      if (whole !== '' && pair === null) throw new RowStop('row-not-a-number', whole)
      if (systolic === '' && diastolic === '') return
      if (systolic === '' || diastolic === '') throw new RowStop('row-half-pressure', systolic || diastolic)
      if (/kpa/i.test(this.#cell(cells, 'unit'))) throw new RowStop('row-unknown-unit', this.#cell(cells, 'unit'))
      row.bloodPressure(
        this.#part(systolic, 'systolic'),
        this.#part(diastolic, 'diastolic'),
        this.#pulse(cells, pair?.[3]),
      )
    })
  }

  #part(cell: string, measure: 'systolic' | 'diastolic'): CellNumber {
    const number = this.#number(cell)
    if (number.comparator !== undefined) throw new RowStop('row-not-a-number', cell)
    if (number.unit !== undefined && writtenUnit(number.unit) !== 'mm[Hg]') throw new RowStop('row-unknown-unit', cell)
    return inRange(number, MEASURE[measure].units[0], cell)
  }

  /** Taken with a blood pressure it is a part of it; undefined where it must be told of by itself. */
  #pulse(cells: readonly string[], beside: string | undefined): CellNumber | undefined {
    const cell = this.#cell(cells, 'pulse') || (beside ?? '')
    const number = cell === '' ? undefined : readNumber(cell, this.#decimal)
    const [from, to] = MEASURE.pulse.units[0].possible
    const isFit =
      number !== undefined && number.comparator === undefined && number.amount >= from && number.amount <= to
    const isPlain = number?.unit === undefined || writtenUnit(number.unit) === '/min'
    return isFit && isPlain ? number : undefined
  }

  #measure(row: RowMaker, column: TableColumn, cell: string, cells: readonly string[]): void {
    const { use } = column
    if (!isMeasure(use) || (use === 'pulse' && row.hasPulse)) return
    const number = this.#number(cell)
    const said = number.unit ?? column.unit ?? this.#cell(cells, 'unit')
    const unit = unitOf(use, writtenUnit(said) ?? said)
    if (unit === undefined) throw new RowStop('row-unknown-unit', said === '' ? cell : said)
    const { loinc, display } = codeOf(use, unit.code)
    row.quantity(inRange(number, unit, cell), unit, {
      name: loinc ?? display,
      code: { ...(loinc && { coding: [{ system: SYSTEMS.loinc, code: loinc, display }] }), text: display },
      category: categoryOf(use),
    })
  }

  #own(row: RowMaker, column: TableColumn & { readonly index: number }, cell: string, cells: readonly string[]): void {
    const number = this.#number(cell)
    const heading = this.#header[column.index] ?? ''
    const { unit: headingUnit = '' } = headingParts(heading)
    const said = number.unit ?? column.unit ?? (headingUnit || this.#cell(cells, 'unit'))
    const name =
      plainCell(heading)
        .replace(/\s*[([（][^([（]*[)\]）]$/, '')
        .trim() || heading
    row.quantity(number, unitInWords(said), { name, code: { text: name }, category: 'vital-signs' })
  }

  /** A value beside its name, as in a list of results. */
  #named(row: RowMaker, cell: string, cells: readonly string[]): void {
    const unit = this.#cell(cells, 'unit')
    const what = this.#cell(cells, 'what')
    const coding = codingsOf(this.#cell(cells, 'codes'), what)
    const pair = /^(\d+)\/(\d+)$/.exec(cell)
    if (pair !== null && unit === 'mm[Hg]') {
      const [, systolic = '', diastolic = ''] = pair
      return row.bloodPressure(this.#part(systolic, 'systolic'), this.#part(diastolic, 'diastolic'), undefined)
    }
    if (what === '' && coding.length === 0) throw new RowStop('row-no-value', cells.join(' · '))
    const use = this.#columns.some(column => column.use === 'codes') ? undefined : measureNamed(what)
    if (use !== undefined && unitOf(use, writtenUnit(readNumber(cell, this.#decimal)?.unit ?? unit)) !== undefined)
      return this.#measure(row, { use }, cell, cells)
    const range = this.#cell(cells, 'range')
    const name = { name: what || this.#cell(cells, 'codes'), code: { coding, text: what }, range }
    const number = readNumber(cell, this.#decimal)
    if (number === undefined) row.text(cell, name)
    else row.quantity(number, unitInWords(number.unit ?? unit), name)
  }
}

/** Half a blood pressure is none, and its other half stands in another row. Own lists of results have codes, and mean what those say. */
function measureNamed(what: string) {
  const use = columnOf(what)?.use
  return use === undefined || !isMeasure(use) || use === 'systolic' || use === 'diastolic' ? undefined : use
}

/** `128/82`, `128 over 82`, and with the pulse behind it: `128/82/71`. */
const PAIR = /^(\d+)\s?(?:\/|-|over|über|zu|sur|su|por|на)\s?(\d+)(?:\s?mm\s?hg)?(?:\s?\/\s?(\d+))?$/i

const refused = (reason: RowReason, cell: string): ReadRow => ({ resources: [], unusable: [{ reason, cell }] })

function inRange(number: CellNumber, unit: MeasureUnit | undefined, cell: string): CellNumber {
  const [from, to] = unit?.possible ?? [0, 0]
  if (number.amount < from || number.amount > to) throw new RowStop('row-out-of-range', cell)
  return number
}

/** A unit nobody checked: UCUM where its words are known to mean that, words otherwise. */
type SaidUnit = Pick<MeasureUnit, 'print'> & { readonly code?: string; readonly usual?: readonly [number, number] }

function unitInWords(said: string): SaidUnit {
  const known = writtenUnit(said)
  return known === undefined ? { print: said } : { print: said, code: known }
}

/** `http://loinc.org|29463-7 http://…`, as our own tables write codes. */
function codingsOf(cell: string, display: string): readonly FhirObject[] {
  return cell.split(/\s+/).flatMap(each => {
    const [, system, code] = /^(\S*)\|(\S+)$/.exec(each) ?? []
    return code === undefined ? [] : [{ system, code, display }]
  })
}

interface RowBeside {
  readonly note: string
  readonly arm: 'left' | 'right' | undefined
  readonly posture: 'sitting' | 'standing' | 'lying' | undefined
}

interface Named {
  /** Tells it apart from the row's other measurements. */
  readonly name: string
  readonly code: Fhir
  readonly category?: ReturnType<typeof categoryOf>
  readonly range?: string
}

/** Makes the resources of one row. */
class RowMaker implements ReadRow {
  readonly resources: RowResource[] = []
  readonly unusable: { readonly reason: RowReason; readonly cell: string }[] = []
  hasPulse = false
  readonly #time: CivilTime
  readonly #zone: string
  readonly #beside: RowBeside

  constructor(time: CivilTime, zone: string, beside: RowBeside) {
    this.#time = time
    this.#zone = zone
    this.#beside = beside
  }

  /** One bad cell costs only its own measurement. */
  try(make: () => void): void {
    try {
      make()
    } catch (error) {
      if (!(error instanceof RowStop)) throw error
      this.unusable.push({ reason: error.reason, cell: error.cell })
    }
  }

  bloodPressure(systolic: CellNumber, diastolic: CellNumber, pulse: CellNumber | undefined): void {
    const { arm, posture } = this.#beside
    this.hasPulse = pulse !== undefined
    const parts = [
      { code: 'systolic', number: systolic },
      { code: 'diastolic', number: diastolic },
      ...(pulse === undefined ? [] : [{ code: 'pulse', number: pulse } as const]),
    ] as const
    const isUnusual =
      systolic.amount <= diastolic.amount || parts.some(({ code, number }) => !isUsual(number, MEASURE[code].units[0]))
    this.#add(['pressure', ...parts.map(({ number }) => number.value.digits)], isUnusual, {
      extension: posture && [{ url: BODY_POSITION, valueCodeableConcept: POSTURES[posture] as FhirObject }],
      category: 'vital-signs',
      code: {
        coding: [
          { system: SYSTEMS.loinc, code: '85354-9', display: 'Blood pressure panel with all children optional' },
        ],
        text: 'Blood pressure',
      },
      bodySite: arm && (ARMS[arm] as FhirObject),
      component: parts.map(({ code, number }) => ({
        code: { coding: [{ system: SYSTEMS.loinc, code: MEASURE[code].loinc, display: MEASURE[code].display }] },
        valueQuantity: quantityOf(number, MEASURE[code].units[0]),
      })),
    })
  }

  quantity(number: CellNumber, unit: SaidUnit, { name, code, category, range }: Named): void {
    const valueQuantity = quantityOf(number, unit)
    const names = [name, number.comparator ?? '', number.value.digits, unit.code ?? unit.print]
    this.#add(names, !isUsual(number, unit), { category, code, valueQuantity, ...rangeOf(range) })
  }

  text(value: string, { name, code, category, range }: Named): void {
    this.#add([name, value], false, { category, code, valueString: value, ...rangeOf(range) })
  }

  /** Its address is made of when, what and how much, as the source says it: no zone is guessed into it, and no note. */
  #add(
    names: readonly string[],
    isUnusual: boolean,
    made: { readonly category: string | undefined } & FhirObject,
  ): void {
    const { date, time = '', zone = '' } = this.#time
    const id = stableUuid(['table', date, time, zone, ...names].join('\n'))
    const { extension, category, code, bodySite, ...rest } = made
    const resource = {
      resourceType: 'Observation',
      id,
      extension,
      status: 'final',
      category: category && [{ coding: [{ system: SYSTEMS.observationCategory, code: category }] }],
      code,
      effectiveDateTime: dateTimeIn(this.#time, this.#zone),
      note: this.#beside.note === '' ? undefined : [{ text: this.#beside.note }],
      bodySite,
      ...rest,
    }
    this.resources.push({ id, resource, remarks: isUnusual ? ['unusual-value'] : [] })
  }
}

const rangeOf = (range = ''): FhirObject => (range === '' ? {} : { referenceRange: [{ text: range }] })

function isUsual({ amount }: CellNumber, unit: SaidUnit | undefined): boolean {
  const [from, to] = unit?.usual ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return amount >= from && amount <= to
}

function quantityOf({ value, comparator }: CellNumber, unit: SaidUnit | undefined): FhirObject {
  const isUcum = unit?.code !== undefined
  return { value, comparator, unit: unit?.print, system: isUcum ? SYSTEMS.ucum : undefined, code: unit?.code }
}
