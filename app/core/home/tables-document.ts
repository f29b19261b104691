import { ImmutableString } from '@automerge/automerge/slim'
import { parseObject } from '#schema/record/fhir/json.ts'
import { readMapping } from '../exchange/csv/read-mapping.ts'
import type { TableBook } from '../exchange/csv/table-book.ts'
import type { HomeLog } from './home-log.ts'

/** The home log's shard of what the columns of tables are. */
const TABLES_SHARD = 'table-columns'

/** By the fingerprint of the table's heading: the mapping as one JSON. */
type TablesDocument = Record<string, ImmutableString>

export function tableBook(home: HomeLog): TableBook {
  return {
    async list() {
      const doc = await home.log.read<TablesDocument>(TABLES_SHARD)
      const kept = Object.entries(doc).flatMap(([fingerprint, stored]) => {
        const mapping = readMapping(parseObject(String(stored)))
        return mapping === undefined ? [] : [[fingerprint, mapping] as const]
      })
      return new Map(kept)
    },
    async keep(fingerprint, mapping) {
      await home.log.change<TablesDocument>(TABLES_SHARD, doc => {
        doc[fingerprint] = new ImmutableString(JSON.stringify(mapping))
      })
      return home.log.flush()
    },
  }
}
