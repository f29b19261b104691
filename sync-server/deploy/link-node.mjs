// After `npm ci`: npm 9 and 10 take `node_modules/.bin/node` away with the packages of other systems, though the Node 24 of this one is there.
// Plain JavaScript, as whatever Node started npm runs it.
import { existsSync, symlinkSync } from 'node:fs'

const brought = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
const link = 'node_modules/.bin/node'
if (!existsSync(link) && existsSync(`node_modules/${brought}/bin/node`)) symlinkSync(`../${brought}/bin/node`, link)
