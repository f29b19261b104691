/**
 * UCUM codes that laboratories print letter by letter, so that what a person copies from a paper is one (https://ucum.org/ucum,
 * case sensitive). Any other unit stays as it was typed and is claimed to be none.
 */
const AS_PRINTED: ReadonlySet<string> = new Set(
  (
    '% mmol/L umol/L nmol/L pmol/L mol/L mmol/mol mg/dL g/dL ug/dL ng/dL g/L mg/L ug/L ng/L pg/mL ng/mL ug/mL mg/mL ' +
    'U/L kU/L mU/L U/mL mg/g mg/mmol mL/min mm/h fL pg g mg kPa s mmol/d mg/d g/d'
  ).split(' '),
)

export const isUcumUnit = (unit: string): boolean => AS_PRINTED.has(unit)
