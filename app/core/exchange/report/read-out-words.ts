import { ENTRY_KINDS } from '#schema/record/entry.ts'
import { isObject } from '#schema/record/fhir/json.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { COLUMNS } from './columns.ts'
import type { OutWords } from './out-words.ts'
import { FLAGS } from '#schema/record/fhir/result-flag.ts'

/** Words that were kept with something, maybe by an older version: what it did not know yet is called by its own name. Total. */
export function readOutWords(value: unknown): OutWords {
  const kept = isObject(value) ? value : {}
  const one = (name: keyof OutWords) => textIn(kept, name)
  const all = <Name extends string>(group: keyof OutWords, names: readonly Name[]) => {
    const words = isObject(kept[group]) ? kept[group] : {}
    return Object.fromEntries(names.map(name => [name, textIn(words, name)])) as Record<Name, string>
  }
  return {
    language: one('language'),
    direction: kept['direction'] === 'rtl' ? 'rtl' : 'ltr',
    sections: all('sections', SECTIONS),
    kinds: all('kinds', ENTRY_KINDS),
    columns: all('columns', COLUMNS),
    statuses: all('statuses', ['active', 'past', 'planned', 'mistaken', 'unknown']),
    flags: all('flags', FLAGS),
    severities: all('severities', ['mild', 'moderate', 'severe']),
    arms: all('arms', ['left', 'right']),
    postures: all('postures', ['sitting', 'standing', 'lying']),
    negations: all('negations', ['ruledOut', 'notTaken', 'notGiven', 'notDone']),
    empty: all('empty', ['nilknown', 'notasked', 'withheld', 'unavailable']),
    patientSaid: one('patientSaid'),
    fromFile: one('fromFile'),
    summaryTitle: one('summaryTitle'),
    saidBySummary: one('saidBySummary'),
    noneAndSome: one('noneAndSome'),
    newestOf: one('newestOf'),
    meanOf: one('meanOf'),
    furtherOf: one('furtherOf'),
    noDate: one('noDate'),
  }
}

function textIn(words: Readonly<Record<string, unknown>>, name: string): string {
  const text = Object.hasOwn(words, name) ? words[name] : undefined
  return typeof text === 'string' ? text : name
}
