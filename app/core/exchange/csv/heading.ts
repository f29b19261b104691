import { MEASURE, unitOf } from '#schema/codes/measures.ts'
import { fold } from '../../record/row.ts'
import { type ColumnUse, MEASURES, type Measure, type TableColumn } from '../../table-session.ts'
import { plainCell } from './read-cell.ts'
import { writtenUnit } from './written-units.ts'
import { SENSOR_EXPORT, VENDOR_HEADINGS } from './vendor-headings.ts'

/**
 * Whole headings, folded, less their unit: of our own tables in every language of the app, and what people call their columns in some
 * languages; those of exports are in VENDOR_HEADINGS. More than one word may lead to one use; none to two.
 */
const WORDS: readonly (readonly [ColumnUse, string])[] = [
  [
    'when',
    'date time|datetime|date/time|date & time|date and time|timestamp|device timestamp|measured at|taken at|measurement date|measurement time|recorded|when|zeitpunkt|datum/uhrzeit|datum uhrzeit|messzeitpunkt|fecha y hora|fecha/hora|date et heure|date/heure|data e ora|data/ora|data e hora|datum en tijd|التاريخ والوقت|日期时间|日期和时间|测量时间|时间戳|測定日時|日時|측정일시|측정 일시|날짜 및 시간|дата и время|дата/время|data i czas',
  ],
  [
    'date',
    'date|day|datum|tag|jour|fecha|data|giorno|dag|التاريخ|اليوم|日期|测量日期|日付|測定日|日にち|날짜|측정일|дата|dato|tarih',
  ],
  [
    'time',
    'time|time of day|clock|uhrzeit|zeit|heure|hora|ora|tijd|الوقت|الساعة|时间|时刻|測定時刻|時刻|시간|측정 시간|время|godzina|czas|saat|tid|tidspunkt',
  ],
  [
    'systolic',
    'systolic|sys|systole|systolic pressure|systolic blood pressure|upper|bp systolic|systolisch|sys.|systolischer wert|oberer wert|systolischer druck|systolique|pression systolique|sistolica|sistolico|presion sistolica|superior|pressione sistolica|pressao sistolica|maxima|bovendruk|الانقباضي|الضغط الانقباضي|الاعلى|收缩压|高压|收缩|最高血圧|最大血圧|収縮期血圧|収縮期|수축기|수축기 혈압|최고 혈압|систолическое|систолическое давление|верхнее|skurczowe|cisnienie skurczowe|sistolik|systoliskt|systolisk',
  ],
  [
    'diastolic',
    'diastolic|dia|diastole|diastolic pressure|diastolic blood pressure|lower|bp diastolic|diastolisch|dia.|diastolischer wert|unterer wert|diastolischer druck|diastolique|pression diastolique|diastolica|diastolico|presion diastolica|inferior|pressione diastolica|pressao diastolica|minima|onderdruk|الانبساطي|الضغط الانبساطي|الادنى|舒张压|低压|舒张|最低血圧|最小血圧|拡張期血圧|拡張期|이완기|이완기 혈압|최저 혈압|диастолическое|диастолическое давление|нижнее|rozkurczowe|cisnienie rozkurczowe|diyastolik|diastoliskt|diastolisk',
  ],
  [
    'pressure',
    'blood pressure|bp|sys/dia|blutdruck|rr|tension|tension arterielle|presion arterial|tension arterial|pressione arteriosa|pressao arterial|bloeddruk|ضغط الدم|血压|血圧|혈압|давление|артериальное давление|cisnienie|tansiyon|blodtryck|blodtryk|blodtrykk',
  ],
  [
    'pulse',
    'pulse|pulse rate|heart rate|heartrate|hr|puls|herzfrequenz|pouls|frequence cardiaque|pulso|frecuencia cardiaca|frequenza cardiaca|polso|frequencia cardiaca|hartslag|polsslag|النبض|معدل النبض|ضربات القلب|脉搏|心率|脈拍|脈拍数|心拍数|맥박|맥박수|심박수|пульс|tetno|nabiz',
  ],
  [
    'weight',
    'weight|body weight|gewicht|korpergewicht|poids|peso|peso corporal|lichaamsgewicht|الوزن|体重|체중|몸무게|вес|waga|masa ciala|kilo|vikt|vaegt',
  ],
  [
    'height',
    'height|body height|grosse|korpergrosse|taille|estatura|altura|altezza|lengte|الطول|身高|身長|신장|рост|wzrost',
  ],
  ['bmi', 'bmi|body mass index|imc|体质指数'],
  [
    'body-fat',
    'body fat|fat percentage|fat ratio|body fat percentage|korperfett|masse grasse|grasa corporal|体脂率|体脂肪率|체지방률',
  ],
  [
    'glucose',
    'glucose|blood glucose|blood sugar|glucose value|blood sugar measurement|strip glucose|bg|blutzucker|glukose|bz|glykamie|glycemie|glucosa|glucosa en sangre|azucar en sangre|glucemia|glicemia|bloedsuiker|bloedglucose|سكر الدم|السكر|الجلوكوز|血糖|葡萄糖|血糖値|혈당|сахар|сахар крови|глюкоза|cukier|glukoza|seker|blodsocker|blodsukker',
  ],
  ['glucose-sensor', 'historic glucose|scan glucose|sensor glucose|gewebeglukose|cgm'],
  [
    'temperature',
    'temperature|body temperature|temp|temperatur|korpertemperatur|temperatura|temperatura corporal|temperatuur|الحرارة|درجة الحرارة|体温|체온|температура',
  ],
  [
    'oxygen',
    'spo2|sao2|o2|oxygen saturation|oxygen|blood oxygen|sauerstoffsattigung|saturation|saturacion|saturacion de oxigeno|saturazione|saturacao|تشبع الاكسجين|血氧|血氧饱和度|血中酸素|酸素飽和度|산소포화도',
  ],
  ['breathing-rate', 'respiratory rate|respiration rate|breathing rate|atemfrequenz|frequence respiratoire|呼吸频率'],
  ['peak-flow', 'peak flow|pef|pefr|peak expiratory flow|debit de pointe|最大呼气流量|峰流速'],
  ['what', 'what|measure|test|analyte|name|parameter|messwert|que|ما هو|名称|项目'],
  [
    'value',
    'value|result|reading|wert|ergebnis|valeur|resultat|valor|resultado|valore|risultato|waarde|القيمة|النتيجة|数值|结果',
  ],
  ['unit', 'unit|units|einheit|unite|unidad|unita|unidade|eenheid|الوحدة|单位'],
  [
    'range',
    'reference range|range|referenzbereich|intervalle de reference|rango de referencia|المجال المرجعي|参考范围',
  ],
  ['codes', 'codes|code|codigos|الرموز|代码'],
  ['arm', 'arm|bras|brazo|braccio|braco|الذراع|手臂'],
  ['posture', 'position|posture|haltung|korperhaltung|posicion|postura|الوضعية|姿势'],
  [
    'note',
    'note|notes|comment|comments|remark|remarks|symptoms|notiz|notizen|bemerkung|bemerkungen|kommentar|commentaire|remarque|nota|notas|comentario|observaciones|commento|opmerking|ملاحظة|ملاحظات|备注|注释|meal|meal marker|before/after meal|tags|mahlzeit|repas|comida|pasto|الوجبة|餐前餐后|メモ|備考|コメント|메모|비고|комментарий|примечание|заметки|anteckning|notat|bemaerkning',
  ],
  ['person', 'person|user|patient|patient name|user name|benutzer|utilisateur|usuario|utente|المستخدم|المريض|用户'],
]

/** Every heading that is known, and what it is known for. */
export const KNOWN_HEADINGS: readonly (readonly [string, ColumnUse])[] = [
  ...WORDS,
  ...VENDOR_HEADINGS.flatMap(({ words }) => words),
].flatMap(([use, words]) => words.split('|').map(word => [fold(word), use] as const))

const USE_BY_WORDS: ReadonlyMap<string, ColumnUse> = new Map(KNOWN_HEADINGS)

/** Columns that say nothing of a measurement: known, so that nobody is asked about them. */
const BESIDE: ReadonlySet<string> = new Set(
  'source|flag|status|device|serial number|record type|index|event type|event subtype|device info|source device id|transmitter time (long integer)|transmitter id|consumed|truread|source name|sourcename|sourceversion|source version|producttype|product type|end time|enddate|end date|creationdate|creation date|category|id|created at|origen|marca|estado|المصدر|اشارة|الحالة|来源|标记|状态'
    .split('|')
    .map(fold),
)

/** Samsung Health says with each name what it is of: `com.samsung.health.blood_pressure.systolic`. */
const SAMSUNG = /^com\.samsung\.s?health\.(?:\w+\.)+(?=\w+$)/

/** A heading taken apart: its words, and the unit in brackets or at its end. */
export function headingParts(heading: string): { readonly words: string; readonly unit?: string } {
  const plain = plainCell(heading).replaceAll('’', "'").trim().replace(SAMSUNG, '')
  const bracket = /^(.*?)\s*[([（]\s*([^()[\]（）]*)\s*[)\]）]$/u.exec(plain)
  const behind = /^(.*?)[\s_,]+(mg\/dl|mmol\/l|mmhg|kgs?|lbs?|bpm|°[cf]|%)$/i.exec(plain)
  const [, words = plain, unit] = bracket ?? behind ?? []
  return {
    words: fold(words)
      .replace(/[_\s]+/g, ' ')
      .trim(),
    ...(unit === undefined || unit === '' ? {} : { unit }),
  }
}

const MEASURE_SET: ReadonlySet<string> = new Set(MEASURES)
export const isMeasure = (use: ColumnUse): use is Measure => MEASURE_SET.has(use)

/** Whether a heading is one that is known, whatever it is known for. */
export const isKnownHeading = (heading: string) => useOf(heading) !== undefined

function useOf(heading: string): ColumnUse | undefined {
  const { words, unit = '' } = headingParts(heading)
  const known = USE_BY_WORDS.get(`${words} [${unit.toLowerCase()}]`) ?? USE_BY_WORDS.get(words)
  return known ?? (BESIDE.has(words) || BESIDE.has(fold(heading)) ? 'left-out' : undefined)
}

const SENSOR_WORDS: ReadonlySet<string> = new Set(SENSOR_EXPORT.split('|').map(fold))

/** Whether these headings are of an export in which all glucose is a sensor's. */
export const isSensorExport = (header: readonly string[]) =>
  header.some(heading => SENSOR_WORDS.has(headingParts(heading).words))

/** What a heading says of its column by its words alone; undefined where it is not known. A measure in one unit only needs none said. */
export function columnOf(heading: string): TableColumn | undefined {
  const use = useOf(heading)
  if (use === undefined || !isMeasure(use)) return use === undefined ? undefined : { use }
  const parts = headingParts(heading)
  // Of a column that is called by its unit alone (kg).
  const said = writtenUnit(parts.unit ?? parts.words)
  const { units } = MEASURE[use]
  const only = units.length === 1 ? units[0]?.code : undefined
  // A unit that nothing of the kind is measured in (kPa) must be asked about.
  const unit = parts.unit === undefined ? (unitOf(use, said)?.code ?? only) : unitOf(use, said)?.code
  return unit === undefined ? { use } : { use, unit }
}
