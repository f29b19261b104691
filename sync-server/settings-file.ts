import { readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { parseEnv } from 'node:util'
import { fail, ok, type Result } from '#schema/result.ts'
import { SETTING_NAMES, settingMeant } from './setting-names.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Settings {
  readonly values: Environment
  /** Sentences for the operator, of what is likely other than it was meant. */
  readonly remarks: readonly string[]
}

/**
 * What the environment sets, and below it what the files named by `SETTINGS` set, the last of them first. Fails with sentences for the
 * operator where one cannot be read, names what is no setting or names one twice, and where the environment has nearly the name that
 * keeps strangers out: a misspelt one would be left out in silence.
 */
export function readSettings(environment: Environment): Result<Settings, readonly string[]> {
  const misspelt = misspeltIn(environment)
  const problems = misspelt.filter(({ meant }) => meant === 'ADMISSION_TOKENS').map(one => one.sentence)
  const remarks = misspelt.filter(({ meant }) => meant !== 'ADMISSION_TOKENS').map(one => one.sentence)
  let values: Environment = {}
  for (const path of (environment['SETTINGS'] ?? '').split(delimiter).filter(one => one !== '')) {
    const read = readSettingsFile(path)
    if (!read.ok) {
      problems.push(...read.failure)
      continue
    }
    values = { ...values, ...read.value }
    remarks.push(...overridden(path, read.value, environment))
  }
  return problems.length === 0 ? ok({ values: { ...values, ...environment }, remarks }) : fail(problems)
}

/** Never with what it is set to: that may be a token. */
function misspeltIn(environment: Environment): { readonly meant: string; readonly sentence: string }[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    const meant = value === undefined || value === '' ? undefined : settingMeant(name)
    if (meant === undefined) return []
    return [{ meant, sentence: `${name} in the environment is no setting. Is ${meant} meant?` }]
  })
}

function overridden(path: string, found: Environment, environment: Environment): string[] {
  return Object.keys(found)
    .filter(name => environment[name] !== undefined && environment[name] !== found[name])
    .map(name => `${name} in ${path} does not count: the environment sets another.`)
}

function readSettingsFile(path: string): Result<Environment, readonly string[]> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return fail([`Cannot read the settings in ${path}: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}.`])
  }
  const found = parseEnv(text)
  const problems = [
    ...linesThatAreNone(text).map(no => `Line ${no} of ${path} is not NAME=value, nor a remark that begins with #.`),
    ...Object.keys(found).flatMap(name => (SETTING_NAMES.has(name) ? [] : [unknownIn(path, name)])),
    ...cutLines(text).map(
      no => `Line ${no} of ${path} would end before its #: put what stands after = between single quotes.`,
    ),
    ...namesTwiceIn(text).map(name => `${name} stands twice in ${path}: leave one of them.`),
  ]
  return problems.length === 0 ? ok(found) : fail(problems)
}

function unknownIn(path: string, name: string): string {
  const meant = settingMeant(name)
  const hint = meant === undefined ? '' : ` Is ${meant} meant?`
  return `${name} in ${path} is no setting.${hint} sync-server/deploy/relay.env lists them.`
}

/** Their numbers, from 1: `parseEnv` passes them over. */
function linesThatAreNone(text: string): number[] {
  return text.split(/\r?\n/).flatMap((line, at) => (/^\s*(#.*|(export\s+)?\w+\s*=.*)?$/.test(line) ? [] : [at + 1]))
}

/** Where `parseEnv` takes for a remark what likely is part of a password. */
function cutLines(text: string): number[] {
  return text
    .split(/\r?\n/)
    .flatMap((line, at) => (/^\s*(export\s+)?\w+\s*=\s*[^\s"'`#][^#]*(?<!\s)#/.test(line) ? [at + 1] : []))
}

function namesTwiceIn(text: string): string[] {
  const names = [...text.matchAll(/^[ \t]*(?:export\s+)?(\w+)[ \t]*=/gm)].map(match => match[1]!)
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))]
}
