import { execFileSync } from 'node:child_process'

/** Builds the app once, as `npm start` does: browser tests run what people run. `WELLKEEP_APP` names a folder built already. */
export default function setup(): void {
  if (process.env.WELLKEEP_APP !== undefined) return
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], { stdio: 'inherit' })
}
