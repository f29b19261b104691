/** Whom people can call who think of killing or hurting themselves. Facts, each with where it was read and when; no address is ever asked. */
export interface CrisisLine {
  readonly key: 'us' | 'england' | 'uk'
  readonly number: string
  readonly source: string
  readonly opened: string
}

export const CRISIS_LINES: readonly CrisisLine[] = [
  {
    key: 'us',
    number: '988',
    source: 'health.wyo.gov/publichealth/prevention/wivpp/suicide-prevention/988-suicide-crisis-lifeline',
    opened: '2026-11-27',
  },
  { key: 'england', number: '111', source: 'merseycare.nhs.uk/urgent-help', opened: '2026-11-27' },
  {
    key: 'uk',
    number: '116 123',
    source: 'www.samaritans.org/how-we-can-help/contact-samaritan',
    opened: '2026-11-27',
  },
]
