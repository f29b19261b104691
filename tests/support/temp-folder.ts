import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ALL = 'wellkeep-tests'
let isSwept = false

/** A new folder of this process. Who makes it deletes it; what a process leaves behind, the next one to make a folder does. */
export function makeTempFolder(name: string): string {
  const all = join(tmpdir(), ALL)
  mkdirSync(all, { recursive: true })
  if (!isSwept) sweep(all)
  isSwept = true
  return mkdtempSync(join(all, `${process.pid}-${name}-`))
}

function sweep(all: string): void {
  for (const name of readdirSync(all)) {
    const owner = Number(/^\d+(?=-)/.exec(name)?.[0])
    if (!Number.isNaN(owner) && !isRunning(owner)) rmSync(join(all, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
