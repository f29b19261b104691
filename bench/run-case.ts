import '@automerge/automerge'
import { CASES } from './cases.ts'
import { makeWorld, saveWorld } from './world.ts'

/** A fresh process for one measurement, or for preparing a record: prints one JSON value. */
const [act, argument = '', file = ''] = process.argv.slice(2)
if (act === 'prepare') await saveWorld(await makeWorld(Number(argument)), file)
else process.stdout.write(JSON.stringify(await CASES.find(({ name }) => name === argument)?.measure(file)))
process.exit(0)
