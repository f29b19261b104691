/** Every setting there is; README.md and deploy/relay.env say what each means. */
export const SETTING_NAMES: ReadonlySet<string> = new Set([
  'ADMISSION_TOKENS',
  'APP',
  'DATA',
  'DATABASE_URL',
  'DRAIN_SECONDS',
  'FRAMES_PER_SECOND',
  'HOST',
  'LOG_REQUESTS',
  'METRICS_TOKEN',
  'NEW_LOGS_PER_HOUR',
  'PORT',
  'PUSH_CONTACT',
  'PUSH_HOSTS',
  'QUOTA_MB',
  'RELAY',
  'REQUESTS_PER_SECOND',
  'S3_ACCESS_KEY',
  'S3_BUCKET',
  'S3_ENDPOINT',
  'S3_REGION',
  'S3_SECRET_KEY',
  'TOTAL_MB',
  'TRUST_PROXY',
])

const ALL_NAMES = [...SETTING_NAMES, 'SETTINGS']
/** Beginnings that none but ours have, save those of a service of that name in Kubernetes. */
const OURS = /^(?<ours>ADMISSION|QUOTA)(?!.*_(?:SERVICE|PORT)(?:_|$))/i
const NAMED = { ADMISSION: 'ADMISSION_TOKENS', QUOTA: 'QUOTA_MB' } as const

/** The setting that `name`, which is none, was likely meant to be. Names that other programs have as well are nobody's mistake. */
export function settingMeant(name: string): string | undefined {
  if (ALL_NAMES.includes(name)) return undefined
  const ours = OURS.exec(name)?.groups?.['ours']
  if (ours !== undefined) return NAMED[ours.toUpperCase() as keyof typeof NAMED]
  const letters = plain(name)
  return ALL_NAMES.find(one => plain(one) === letters) ?? ALL_NAMES.find(one => isSlip(letters, plain(one)))
}

const plain = (name: string) => name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')

/** Short names are near to many words: of those only two letters that changed places count. */
function isSlip(written: string, meant: string): boolean {
  if (meant.length < 6)
    return written.length === meant.length && slips(written, meant) === 1 && sorted(written) === sorted(meant)
  return slips(written, meant) <= (meant.length < 9 ? 1 : 2)
}

const sorted = (letters: string) => Array.from(letters).toSorted().join('')

/** How many letters were left out, added, taken for others or changed places with their neighbours. */
function slips(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1
      const ways = [rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + other]
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(Math.min(...ways, isSwapped ? rows[i - 2]![j - 2]! + 1 : Infinity))
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
