import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

function child<Answer>(...args: readonly string[]): Answer {
  const run = spawnSync(process.execPath, ['--no-warnings', 'bench/apple-export.ts', ...args], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`Cannot ${args[0]} an export: ${run.stderr}`)
  return JSON.parse(run.stdout) as Answer
}

/** An Apple Health export of about `bytes` of XML, packed: made, then read in a process that has done nothing else. */
export function readAppleExport(bytes: number): { readonly cpuMs: number; readonly megabytes: number } {
  const folder = makeTempFolder('bench-apple')
  try {
    const path = join(folder, 'export.zip')
    child('write', path, String(bytes))
    return child('read', path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
