import type { MessageKey } from '../../language/language.ts'

type Counted = Extract<MessageKey, `counted.${string}`>

/** Words for what a dose is counted in, each as one types it: in the languages of the app, alone or as of several. Spanish has two for a tablet. */
const WORDS = {
  'counted.tablet': ['tablet', 'tablets', 'comprimido', 'comprimidos', 'قرص', 'أقراص', '片', 'tab', 'tabs'],
  'counted.tableta': ['tableta', 'tabletas'],
  'counted.pill': ['pill', 'pills', 'pastilla', 'pastillas', 'حبة', 'حبات', '粒', 'píldora', 'píldoras', 'حبوب'],
  'counted.capsule': [
    'capsule',
    'capsules',
    'cápsula',
    'cápsulas',
    'كبسولة',
    'كبسولات',
    '粒胶囊',
    'cap',
    'caps',
    '胶囊',
  ],
  'counted.drop': ['drop', 'drops', 'gota', 'gotas', 'قطرة', 'قطرات', '滴'],
  'counted.puff': ['puff', 'puffs', 'inhalación', 'inhalaciones', 'بخة', 'بخات', '吸'],
  'counted.spray': ['spray', 'sprays', 'pulverización', 'pulverizaciones', 'رشة', 'رشات', '喷'],
  'counted.patch': ['patch', 'patches', 'parche', 'parches', 'لصقة', 'لصقات', '贴'],
  'counted.sachet': ['sachet', 'sachets', 'sobre', 'sobres', 'كيس', 'أكياس', '袋', '包'],
  'counted.suppository': [
    'suppository',
    'suppositories',
    'supositorio',
    'supositorios',
    'تحميلة',
    'تحاميل',
    '枚栓剂',
    '栓剂',
  ],
  'counted.injection': ['injection', 'injections', 'inyección', 'inyecciones', 'حقنة', 'حقن', '针'],
  'counted.ampoule': ['ampoule', 'ampoules', 'ampolla', 'ampollas', 'أمبولة', 'أمبولات', '支'],
  'counted.teaspoon': ['teaspoon', 'teaspoons', 'cucharadita', 'cucharaditas', 'ملعقة صغيرة', 'ملاعق صغيرة', '茶匙'],
  'counted.unit': ['unit', 'units', 'unidad', 'unidades', 'وحدة', 'وحدات', '单位'],
  'counted.dose': ['dose', 'doses', 'dosis', 'جرعة', 'جرعات', '剂'],
} satisfies Record<Counted, readonly string[]>

const COUNTED: ReadonlyMap<string, Counted> = new Map(
  (Object.keys(WORDS) as Counted[]).flatMap(key => WORDS[key].map(word => [word, key] as const)),
)

/** The words for a number of what a dose is counted in; undefined where `unit` is a word of the person's own. */
export const countedIn = (unit: string): Counted | undefined => COUNTED.get(unit.toLowerCase().replace('(s)', ''))
