/** What the library explains; its words are in `words/`, a chunk for each language. Tests are explained in `../explain` (decision 41). */
export type ConditionId =
  | 'high-blood-pressure'
  | 'high-cholesterol'
  | 'coronary-artery-disease'
  | 'heart-failure'
  | 'atrial-fibrillation'
  | 'stroke'
  | 'type-2-diabetes'
  | 'type-1-diabetes'
  | 'prediabetes'
  | 'metabolic-syndrome'
  | 'obesity'
  | 'diabetic-nerves'
  | 'diabetic-eyes'
  | 'diabetic-kidneys'
  | 'kidney-disease'
  | 'underactive-thyroid'
  | 'asthma'
  | 'copd'
  | 'reflux'
  | 'anemia'
  | 'osteoarthritis'
  | 'osteoporosis'
  | 'gout'
  | 'chronic-pain'
  | 'migraine'
  | 'depression'
  | 'anxiety'
  | 'stress'
  | 'eczema'
  | 'menopause'

export type MedicineId =
  | 'statins'
  | 'blood-thinners'
  | 'blood-pressure-medicines'
  | 'water-pills'
  | 'metformin'
  | 'insulin'
  | 'thyroid-hormone'
  | 'quick-relief-inhalers'
  | 'steroid-inhalers'
  | 'steroids'
  | 'acid-blockers'
  | 'paracetamol'
  | 'nsaids'
  | 'opioids'
  | 'antidepressants'
  | 'antibiotics'

export type TopicId = ConditionId | MedicineId

/** One topic in one language, in plain words: nothing that its sources do not say, no dose, no value, no diagnosis. */
export interface TopicWords {
  readonly name: string
  readonly what: string
  /** What people notice; of a medicine, what may happen while one takes it. */
  readonly notice: string
  readonly helps: string
  readonly questions: readonly string[]
  /** When to get help, where the sources say so. */
  readonly urgent?: string
}

interface Read {
  /** Addresses of the pages that were read, as they are shown. */
  readonly sources: readonly string[]
  /** The day on which they were read; a FHIR date. */
  readonly readOn: string
}

/** Found by codes alone: SNOMED CT International (November 2026), and the beginnings of codes of ICD-10 and ICD-10-CM. */
export interface ConditionTopic extends Read {
  readonly kind: 'condition'
  readonly id: ConditionId
  readonly snomed: readonly string[]
  readonly icd10: readonly string[]
}

/** Found by the beginnings of ATC codes and RxNorm's codes of ingredients, and by what an ingredient is called where neither is given. */
export interface MedicineTopic extends Read {
  readonly kind: 'medicine'
  readonly id: MedicineId
  readonly atc: readonly string[]
  readonly rxNorm: readonly string[]
  /** As folded for a search; Latin ones begin where a word begins. */
  readonly names: readonly string[]
  /** The name says one of these too: the ingredient is in sprays and creams of another use as well. */
  readonly forms?: readonly string[]
}

export type Topic = ConditionTopic | MedicineTopic

const READ_ON = '2026-11-28'
const words = (text: string) => text.split(' ').filter(Boolean)
/** Pages of MedlinePlus by their names; others whole. */
const addresses = (pages: string) =>
  words(pages).map(page => (page.startsWith('https:') ? page : `https://medlineplus.gov/${page}.html`))

const condition = (id: ConditionId, snomed: string, icd10: string, pages: string): ConditionTopic => ({
  kind: 'condition',
  id,
  snomed: words(snomed),
  icd10: words(icd10),
  sources: addresses(pages),
  readOn: READ_ON,
})

const medicine = (
  id: MedicineId,
  codes: { readonly atc: string; readonly rxNorm: string; readonly names: string; readonly forms?: string },
  pages: string,
): MedicineTopic => ({
  kind: 'medicine',
  id,
  atc: words(codes.atc),
  rxNorm: words(codes.rxNorm),
  names: codes.names.split('|'),
  ...(codes.forms === undefined ? {} : { forms: codes.forms.split('|') }),
  sources: addresses(pages),
  readOn: READ_ON,
})

export const CONDITION_TOPICS: readonly ConditionTopic[] = [
  condition('high-blood-pressure', '38341003 59621000', 'I10 I15', 'highbloodpressure bloodpressuremedicines'),
  condition(
    'high-cholesterol',
    '55822004 13644009 302870006',
    'E78.0 E78.1 E78.2 E78.3 E78.4 E78.5',
    'cholesterollevelswhatyouneedtoknow howtolowercholesterol cholesterolmedicines',
  ),
  condition(
    'coronary-artery-disease',
    '53741008 414545008 194828000',
    'I20 I25',
    'coronaryarterydisease angina heartdiseases',
  ),
  condition('heart-failure', '84114007 42343007 88805009', 'I50', 'heartfailure'),
  condition('atrial-fibrillation', '49436004', 'I48.0 I48.1 I48.2 I48.91', 'atrialfibrillation stroke'),
  condition('stroke', '230690007 422504002', 'I61 I63 I64', 'stroke strokerehabilitation'),
  condition('type-2-diabetes', '44054006', 'E11', 'diabetestype2 bloodglucose diabetesmedicines'),
  condition('type-1-diabetes', '46635009', 'E10', 'diabetestype1 diabetes bloodglucose'),
  condition('prediabetes', '15777000 714628002', 'R73.03', 'prediabetes howtopreventdiabetes'),
  condition('metabolic-syndrome', '237602007', 'E88.81', 'metabolicsyndrome'),
  condition('obesity', '414916001 414915002 162864005 408512008 238136002', 'E66.0 E66.1 E66.2 E66.8 E66.9', 'obesity'),
  condition('diabetic-nerves', '368581000119106 230572002', 'E10.4 E11.4', 'diabeticnerveproblems diabeticfoot'),
  condition('diabetic-eyes', '422034002 4855003 1551000119108 97331000119101', 'E10.3 E11.3', 'diabeticeyeproblems'),
  condition('diabetic-kidneys', '127013003 90781000119102', 'E10.2 E11.2', 'diabetickidneyproblems'),
  condition(
    'kidney-disease',
    '709044004 431855005 431856006 433144002 431857002 433146000 46177005',
    'N18',
    'chronickidneydisease',
  ),
  condition('underactive-thyroid', '40930008', 'E03 E89.0', 'hypothyroidism'),
  condition('asthma', '195967001 233678006 195977004 304527002', 'J45 J46', 'asthma asthmainchildren'),
  condition('copd', '13645005 185086009 87433001 63480004', 'J41 J42 J43 J44', 'copd chronicbronchitis'),
  condition('reflux', '235595009', 'K21', 'gerd hiatalhernia'),
  condition('anemia', '271737000 87522002', 'D50 D51 D52 D53 D63 D64.9', 'anemia'),
  condition('osteoarthritis', '396275006 239872002 239873007 201834006', 'M15 M16 M17 M18 M19', 'osteoarthritis'),
  condition('osteoporosis', '64859006', 'M80 M81', 'osteoporosis bonedensity'),
  condition('gout', '90560007', 'M10 M1A', 'gout'),
  condition('chronic-pain', '82423001 278860009 1121000119107', 'G89.2 G89.4 R52.1 R52.2', 'chronicpain pain'),
  condition('migraine', '37796009 124171000119105', 'G43', 'migraine headache'),
  condition('depression', '35489007 370143000 36923009 66344007 251000119105', 'F32 F33', 'depression antidepressants'),
  condition('anxiety', '48694002 197480006 21897009 371631005', 'F40 F41.0 F41.1 F41.3 F41.8 F41.9', 'anxiety'),
  condition('stress', '73595000', 'Z73.3', 'stress'),
  condition('eczema', '24079001 43116000', 'L20 L30.9', 'eczema'),
  condition('menopause', '198436008', 'N95.1', 'menopause'),
]

export const MEDICINE_TOPICS: readonly MedicineTopic[] = [
  medicine(
    'statins',
    {
      atc: 'C10AA C10BA02 C10BA05 C10BA06',
      rxNorm: '36567 83367 301542 42463 6472',
      names: 'simvastatin|atorvastatin|rosuvastatin|pravastatin|lovastatin|fluvastatin|pitavastatin|أتورفاستاتين|他汀',
    },
    'statins cholesterolmedicines',
  ),
  medicine(
    'blood-thinners',
    {
      atc: 'B01AA B01AB B01AC B01AE B01AF',
      rxNorm: '11289 32968 1364430 1114195',
      names:
        'warfarin|heparin|enoxaparin|apixaban|rivaroxaban|dabigatran|edoxaban|clopidogrel|acenocoumarol|acenocumarol|phenprocoumon|وارفارين|华法林|利伐沙班|氯吡格雷',
    },
    'bloodthinners',
  ),
  medicine(
    'blood-pressure-medicines',
    {
      atc: 'C07 C08 C09A C09B C09C C09D',
      rxNorm: '29046 3827 35296 52175 17767 6918 1202 11170',
      names:
        'lisinopril|enalapril|ramipril|perindopril|captopril|benazepril|losartan|valsartan|candesartan|irbesartan|telmisartan|olmesartan|amlodipin|nifedipin|felodipin|verapamil|diltiazem|metoprolol|atenolol|bisoprolol|carvedilol|propranolol|nebivolol|أملوديبين|氨氯地平|缬沙坦|美托洛尔',
    },
    'bloodpressuremedicines',
  ),
  medicine(
    'water-pills',
    {
      atc: 'C03',
      rxNorm: '5487 4603 9997 2409',
      names:
        'hydrochlorothiazide|hidroclorotiazida|chlorthalidone|chlortalidone|indapamide|indapamida|furosemid|torsemide|torasemid|bumetanid|spironolacton|espironolactona|فوروسيميد|سبيرونولاكتون|呋塞米|氢氯噻嗪|螺内酯',
    },
    'bloodpressuremedicines edema gout',
  ),
  medicine(
    'metformin',
    { atc: 'A10BA', rxNorm: '6809', names: 'metformin|ميتفورمين|二甲双胍' },
    'https://www.nhs.uk/medicines/metformin/about-metformin/ diabetesmedicines',
  ),
  medicine('insulin', { atc: 'A10A', rxNorm: '', names: 'insulin|إنسولين|胰岛素' }, 'diabetesmedicines bloodglucose'),
  medicine(
    'thyroid-hormone',
    { atc: 'H03AA', rxNorm: '10582', names: 'levothyroxin|levotiroxina|ليفوثيروكسين|左甲状腺素' },
    'hypothyroidism',
  ),
  medicine(
    'quick-relief-inhalers',
    { atc: 'R03AC02 R03AC03', rxNorm: '', names: 'salbutamol|albuterol|levalbuterol|terbutalin|سالبوتامول|沙丁胺醇' },
    'asthma copd chronicbronchitis',
  ),
  medicine(
    'steroid-inhalers',
    {
      atc: 'R03BA R03AK06 R03AK07 R03AK08 R03AK10 R03AK11',
      rxNorm: '',
      names: 'beclomet|budesonid|fluticason|ciclesonid|mometason|بوديزونيد|布地奈德|氟替卡松',
      forms: 'inhal|turbuhaler|diskus|استنشاق|بخاخ|吸入',
    },
    'https://www.nhs.uk/medicines/beclometasone-inhalers/about-beclometasone-inhalers/ copd',
  ),
  medicine(
    'steroids',
    { atc: 'H02AB', rxNorm: '8640', names: 'prednison|methylprednisolon|metilprednisolona|بريدنيزون|泼尼松' },
    'steroids bonedensity',
  ),
  medicine(
    'acid-blockers',
    {
      atc: 'A02BC',
      rxNorm: '7646 40790 283742 17128',
      names: 'omeprazol|esomeprazol|pantoprazol|lansoprazol|rabeprazol|أوميبرازول|奥美拉唑|泮托拉唑',
    },
    'https://www.nhs.uk/medicines/omeprazole/about-omeprazole/ bonedensity',
  ),
  medicine(
    'paracetamol',
    { atc: 'N02BE', rxNorm: '161', names: 'paracetamol|acetaminophen|باراسيتامول|对乙酰氨基酚' },
    'painrelievers',
  ),
  medicine(
    'nsaids',
    { atc: 'M01A', rxNorm: '5640 7258', names: 'ibuprofen|naproxen|إيبوبروفين|布洛芬' },
    'painrelievers',
  ),
  medicine(
    'opioids',
    {
      atc: 'N02A',
      rxNorm: '7804 7052',
      names: 'oxycodon|oxicodona|hydrocodon|hidrocodona|morphin|morfina|tramadol|fentan|ترامادول|مورفين|曲马多|吗啡',
    },
    'painrelievers opioidoverdose',
  ),
  medicine(
    'antidepressants',
    {
      atc: 'N06A',
      rxNorm: '36437 4493 2556 321988',
      names:
        'sertralin|fluoxetin|citalopram|escitalopram|paroxetin|venlafaxin|duloxetin|mirtazapin|amitriptylin|amitriptilina|سيرترالين|舍曲林|氟西汀',
    },
    'antidepressants',
  ),
  medicine(
    'antibiotics',
    {
      atc: 'J01',
      rxNorm: '723 18631 3640',
      names:
        'amoxicil|penicillin|penicilina|azithromycin|azitromicina|clarithromycin|doxycyclin|doxiciclina|ciprofloxacin|levofloxacin|cefalexin|cephalexin|nitrofurantoin|أموكسيسيلين|بنسلين|阿莫西林|青霉素|阿奇霉素',
    },
    'antibiotics',
  ),
]

export const TOPICS: readonly Topic[] = [...CONDITION_TOPICS, ...MEDICINE_TOPICS]
