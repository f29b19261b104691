import { fold } from '../../record/row.ts'

/** Words of cells, folded: this app's own in each of its languages, and what others write. */
const ARMS: readonly (readonly ['left' | 'right', string])[] = [
  [
    'left',
    'left|l|left arm|links|linker arm|gauche|izquierdo|izquierda|sinistro|sinistra|esquerdo|الايسر|اليسرى|左|左臂|左侧',
  ],
  [
    'right',
    'right|r|right arm|rechts|rechter arm|droit|droite|derecho|derecha|destro|destra|direito|الايمن|اليمنى|右|右臂|右侧',
  ],
]
const POSTURES: readonly (readonly ['sitting' | 'standing' | 'lying', string])[] = [
  [
    'sitting',
    'sitting|seated|sitzend|sitzen|assis|sentado|sentada|sentado/a|seduto|zittend|جالس|جالسا|جلوس|坐|坐着|坐位|坐姿',
  ],
  ['standing', 'standing|stehend|stehen|debout|de pie|in piedi|staand|واقف|واقفا|وقوف|站|站着|站立|立位'],
  [
    'lying',
    'lying|lying down|supine|liegend|liegen|allonge|acostado|acostada|acostado/a|sdraiato|liggend|مستلق|مستلقيا|استلقاء|躺|躺着|卧位|平躺',
  ],
]

const mapOf = <Meaning>(words: readonly (readonly [Meaning, string])[]): ReadonlyMap<string, Meaning> =>
  new Map(words.flatMap(([meaning, all]) => all.split('|').map(word => [fold(word), meaning] as const)))

const ARM_BY_WORD = mapOf(ARMS)
const POSTURE_BY_WORD = mapOf(POSTURES)

export const armOf = (cell: string) => ARM_BY_WORD.get(fold(cell))
export const postureOf = (cell: string) => POSTURE_BY_WORD.get(fold(cell))

/** Whether a cell that only says yes or no says yes. */
export const isTicked = (cell: string) => cell !== '' && !/^(?:no|non|nein|nee|n|false|0)$/i.test(cell)
