import { execFileSync } from 'node:child_process'

/** Builds the app once, as `npm start` does: browser tests run what people run. */
export default function setup(): void {
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], { stdio: 'inherit' })
}
