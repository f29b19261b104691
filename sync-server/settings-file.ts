import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { fail, ok, type Result } from '#schema/result.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Every setting there is; README.md and deploy/relay.env say what each means. */
const NAMES = new Set([
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

/**
 * What the environment sets, and below it what the file named by `SETTINGS` sets. Fails with sentences for the operator where the file
 * cannot be read, or names what is no setting: a misspelt one would be left out in silence.
 */
export function readSettings(environment: Environment): Result<Environment, readonly string[]> {
  const path = environment.SETTINGS
  if (path === undefined || path === '') return ok(environment)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return fail([`Cannot read the settings in ${path}: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}.`])
  }
  const found = parseEnv(text)
  const unknown = Object.keys(found).filter(name => !NAMES.has(name))
  const problems = [
    ...linesThatAreNone(text).map(no => `Line ${no} of ${path} is not NAME=value, nor a remark that begins with #.`),
    ...unknown.map(name => `${name} in ${path} is no setting. sync-server/deploy/relay.env lists them.`),
  ]
  return problems.length === 0 ? ok({ ...found, ...environment }) : fail(problems)
}

/** Their numbers, from 1: `parseEnv` passes them over. */
function linesThatAreNone(text: string): number[] {
  return text.split(/\r?\n/).flatMap((line, at) => (/^\s*(#.*|(export\s+)?\w+\s*=.*)?$/.test(line) ? [] : [at + 1]))
}
