/**
 * What SNOMED CT calls the measurements that LOINC has codes for: British, Dutch and older American records give nothing
 * else. SNOMED CT International and UK Edition, November 2026; `163…` and `162…` are the findings that British practices write.
 */
const LOINC_BY_SNOMED: ReadonlyMap<string, string> = new Map(
  (
    [
      ['29463-7', '27113001', '162763007'], // weight
      ['8302-2', '50373000', '1153637007', '162755006'], // height
      ['85354-9', '75367002', '163020007', '364090009'], // blood pressure
      ['8480-6', '271649006', '163030003', '72313002'], // systolic
      ['8462-4', '271650006', '163031004', '1091811000000102'], // diastolic
      ['8867-4', '364075005', '78564009', '8499008'], // heart rate, pulse
      ['9279-1', '86290005'], // respiratory rate
      ['8310-5', '386725007', '276885007'], // body temperature
      ['59408-5', '431314004', '103228002'], // oxygen saturation
      ['39156-5', '60621009'], // BMI
      ['9843-4', '363812007'], // head circumference
    ] as const
  ).flatMap(([loinc, ...snomed]) => snomed.map(code => [code, loinc] as const)),
)

/** The LOINC code of what a SNOMED CT code measures; undefined where it is none of these. */
export const loincOfSnomed = (code: string): string | undefined => LOINC_BY_SNOMED.get(code)
