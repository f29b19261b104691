/** What a column of a table can say of one measurement. Each of `MEASURES` is a number of its own. */
export const MEASURES = [
  'systolic',
  'diastolic',
  'pulse',
  'weight',
  'height',
  'bmi',
  'body-fat',
  'glucose',
  'glucose-sensor',
  'temperature',
  'oxygen',
  'breathing-rate',
  'peak-flow',
] as const
export type Measure = (typeof MEASURES)[number]

/** UCUM units that each is given in. */
export const MEASURE_UNITS: Readonly<Record<Measure, readonly string[]>> = {
  systolic: ['mm[Hg]'],
  diastolic: ['mm[Hg]'],
  pulse: ['/min'],
  weight: ['kg', '[lb_av]', '[stone_av]'],
  height: ['cm', 'm', '[in_i]'],
  bmi: ['kg/m2'],
  'body-fat': ['%'],
  glucose: ['mg/dL', 'mmol/L'],
  'glucose-sensor': ['mg/dL', 'mmol/L'],
  temperature: ['Cel', '[degF]'],
  oxygen: ['%'],
  'breathing-rate': ['/min'],
  'peak-flow': ['L/min'],
}

/**
 * `pressure`: both numbers in one cell (`128/82`). `own`: a measure that only its own heading names. `value` is a number of what `what`
 * names. `note` may stand for several columns. `person`: whose row it is. `zone`: where the clock stood. `control`: whether a meter was
 * tried out with its test liquid.
 */
export const COLUMN_USES = [
  'left-out',
  'when',
  'date',
  'time',
  'zone',
  ...MEASURES,
  'pressure',
  'own',
  'what',
  'value',
  'unit',
  'range',
  'codes',
  'arm',
  'posture',
  'note',
  'person',
  'control',
] as const
export type ColumnUse = (typeof COLUMN_USES)[number]

export interface TableColumn {
  readonly use: ColumnUse
  /** UCUM; of an `own` measure, the unit's words. Absent while nobody knows it, and where the row says it. */
  readonly unit?: string
}

export const DATE_ORDERS = ['year-first', 'day-first', 'month-first'] as const
export type DateOrder = (typeof DATE_ORDERS)[number]

/** How a table is to be read: what is kept for the next table with the same heading. */
export interface TableMapping {
  readonly columns: readonly TableColumn[]
  /** Absent while it is not certain. */
  readonly dateOrder?: DateOrder
  readonly decimal?: '.' | ','
  /** IANA name: where the clock stood, of times that name no zone. */
  readonly zone: string
  /** Whose rows are meant, where a column names people. */
  readonly person?: string
}

/** What only the person knows. */
export type TableDoubt = 'when' | 'measure' | 'columns' | 'unit' | 'date-order' | 'decimal' | 'person'

/** A table as far as it was looked at, and how it is, or could be, read. */
export interface TableLook {
  readonly fingerprint: string
  /** Empty names where the table has no heading. */
  readonly header: readonly string[]
  /** The first rows. */
  readonly rows: readonly (readonly string[])[]
  readonly mapping: TableMapping
  readonly doubts: readonly TableDoubt[]
  /** Whose rows there are, where a column names people. */
  readonly people: readonly string[]
  /** Whether there are dates that another order reads otherwise, and times without a zone. */
  readonly hasDateOrder: boolean
  readonly hasOpenZone: boolean
  /** It was read as the person said of an earlier table with this heading. */
  readonly isRemembered: boolean
  /** Its letters were guessed: neither Unicode nor said. */
  readonly isGuessedText: boolean
}
