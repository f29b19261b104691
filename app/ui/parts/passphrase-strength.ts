/**
 * How long guessing would take somebody who copied the locked vault, and so is held up by nothing but Argon2id
 * (64 MiB, 3 passes). A strong graphics card makes somewhat over a thousand such guesses a second; we assume ten of them.
 */
export const GUESSES_PER_SECOND = 10_000

const MIN_CHARACTERS = 8

/** Below this we refuse: no estimate is needed to know that it is guessed. */
export const isTooShort = (passphrase: string): boolean => Array.from(passphrase).length < MIN_CHARACTERS

const DAY_SECONDS = 86_400
const YEAR_SECONDS = 365.25 * DAY_SECONDS

export type StrengthLevel = 'weak' | 'fair' | 'good' | 'strong'

export interface Strength {
  readonly level: StrengthLevel
  /** Expected time to find it, in seconds, at `GUESSES_PER_SECOND`. */
  readonly seconds: number
}

/** Below a day is weak, below a year fair, below a century good. */
export function strengthOf(guesses: number): Strength {
  const seconds = guesses / GUESSES_PER_SECOND
  if (seconds < DAY_SECONDS) return { level: 'weak', seconds }
  if (seconds < YEAR_SECONDS) return { level: 'fair', seconds }
  return { level: seconds < 100 * YEAR_SECONDS ? 'good' : 'strong', seconds }
}

export type Estimator = (passphrase: string, personal: readonly string[]) => Strength

/** Phrases that everybody quotes, from which guessers begin: the lists know their words but not them. */
const KNOWN_PHRASES = [
  'correcthorsebatterystaple',
  'tobeornottobe',
  'tobeornottobethatisthequestion',
  'maryhadalittlelamb',
  'twinkletwinklelittlestar',
  'thequickbrownfoxjumpsoverthelazydog',
  'onceuponatime',
  'maytheforcebewithyou',
  'openthepodbaydoors',
  'inthebeginningwastheword',
  'iloveyou',
  'letmeinplease',
  'thisismypassword',
  'ourfatherwhoartinheaven',
  'thelordismyshepherd',
  'loremipsumdolorsitamet',
]

/** Loads the dictionaries (a chunk of their own, about half a megabyte), then estimates at once. */
export async function loadEstimator(): Promise<Estimator> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ])
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, knownPhrases: KNOWN_PHRASES },
    graphs: common.adjacencyGraphs,
    maxLength: 128,
  })
  return (passphrase, personal) => {
    // With spaces between its words zxcvbn takes a phrase for noise; a guesser would not, so the lower estimate counts.
    const readings = [passphrase, passphrase.replace(/[\s\-_.,]+/g, '')]
    return strengthOf(Math.min(...readings.map(text => zxcvbn.check(text, [...personal]).guesses)))
  }
}
