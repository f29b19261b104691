/** Small C-CDA documents of our own making: every person, number and code in them is an example. */

const LOINC = 'codeSystem="2.16.840.1.113883.6.1"'
export const SNOMED = 'codeSystem="2.16.840.1.113883.6.96"'
export const RXNORM = 'codeSystem="2.16.840.1.113883.6.88"'
export const CVX = 'codeSystem="2.16.840.1.113883.12.292"'

/** A template of C-CDA by its last number. */
export const template = (number: string) => `<templateId root="2.16.840.1.113883.10.20.22.4.${number}"/>`

export const loinc = (code: string, display = '') => `<code code="${code}" ${LOINC} displayName="${display}"/>`

/** A section with its LOINC code, its narrative and its entries. */
export function section(code: string, title: string, narrative: string, ...entries: readonly string[]): string {
  const inner = entries.map(entry => `<entry>${entry}</entry>`).join('')
  return `<component><section>${loinc(code)}<title>${title}</title><text>${narrative}</text>${inner}</section></component>`
}

export const AUTHOR = `<author><time value="20240102"/><assignedAuthor><id root="2.16.840.1.113883.4.6" extension="1111111111"/>
  <code code="207Q00000X" codeSystem="2.16.840.1.113883.6.101" displayName="Family Medicine"/>
  <assignedPerson><name><given>Ada</given><family>Ample</family></name></assignedPerson>
  <representedOrganization><id root="1.2.3.4" extension="clinic"/><name>Example Clinic</name></representedOrganization></assignedAuthor></author>`

/** A whole document about Kim Sample, written on 2024-05-06 at 10:30 in UTC-5. */
export function ccda(...sections: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sdtc="urn:hl7-org:sdtc">
  <templateId root="2.16.840.1.113883.10.20.22.1.2"/><id root="1.2.3.4.5" extension="doc-1"/>
  <code code="34133-9" ${LOINC} displayName="Summarization of Episode Note"/><title>Summary of Kim Sample</title>
  <effectiveTime value="20240506103000-0500"/><confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
  <languageCode code="en-US"/>
  <recordTarget><patientRole><id root="1.2.3.4" extension="patient-1"/>
    <addr use="HP"><streetAddressLine>1 Example Road</streetAddressLine><city>Sampleton</city></addr>
    <telecom value="tel:+1(555)555-0100" use="MC"/>
    <patient><name use="L"><given>Kim</given><family>Sample</family></name>
      <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19700304"/></patient>
  </patientRole></recordTarget>
  ${AUTHOR}
  <custodian><assignedCustodian><representedCustodianOrganization><id root="1.2.3.4" extension="clinic"/>
    <name>Example Clinic</name></representedCustodianOrganization></assignedCustodian></custodian>
  <component><structuredBody>${sections.join('')}</structuredBody></component>
</ClinicalDocument>`
}

/** A problem in its concern; `inner` goes into the observation. */
export function problem(id: string, code: string, inner = '', attributes = ''): string {
  return `<act classCode="ACT" moodCode="EVN">${template('3')}<id root="1.2.3" extension="concern-${id}"/>
  <code code="CONC" codeSystem="2.16.840.1.113883.5.6"/><statusCode code="active"/>
  <entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN" ${attributes}>${template('4')}
    <id root="1.2.3" extension="${id}"/><code code="55607006" ${SNOMED} displayName="Problem"/><statusCode code="completed"/>
    <effectiveTime><low value="20200315"/></effectiveTime><value xsi:type="CD" ${code}/>${inner}</observation></entryRelationship></act>`
}

/** One vital sign or result; `value` is the whole element. */
export function measured(id: string, code: string, display: string, value: string, time = '202401021530-0500'): string {
  return `<component><observation classCode="OBS" moodCode="EVN"><id root="1.2.3" extension="${id}"/>
  ${loinc(code, display)}<statusCode code="completed"/><effectiveTime value="${time}"/>${value}</observation></component>`
}

export const quantity = (value: string, unit: string) => `<value xsi:type="PQ" value="${value}" unit="${unit}"/>`

export const organizer = (number: string, id: string, code: string, ...components: readonly string[]) =>
  `<organizer classCode="CLUSTER" moodCode="EVN">${template(number)}<id root="1.2.3" extension="${id}"/>${code}
  <statusCode code="completed"/><effectiveTime value="202401021530-0500"/>${components.join('')}</organizer>`

/** A document of at least `chars` characters, with entries of the kinds that real ones are full of. */
export function largeCcda(chars: number): string {
  const names = [
    ['195967001', 'Asthma'],
    ['38341003', 'Hypertension'],
    ['73211009', 'Diabetes mellitus'],
  ] as const
  const count = Math.ceil(chars / 2_430)
  const numbers = Array.from({ length: count }, (_, index) => index)
  const row = (index: number) =>
    `<tr ID="r${index}"><td>${names[index % 3]?.[1] ?? ''}</td><td>${2000 + (index % 24)}</td></tr>`
  const table = `<table><thead><tr><th>Problem</th><th>Since</th></tr></thead><tbody>${numbers.map(row).join('')}</tbody></table>`
  const concern = (index: number) => {
    const [code, display] = names[index % 3] ?? names[0]
    const value = `code="${code}" ${SNOMED} displayName="${display}"`
    return problem(`p${index}`, value, `<text><reference value="#r${index}"/></text>${AUTHOR}`)
  }
  const vitals = (index: number) =>
    organizer(
      '26',
      `v${index}`,
      '',
      measured(`s${index}`, '8480-6', 'Systolic', quantity(String(110 + (index % 40)), 'mm[Hg]')),
      measured(`d${index}`, '8462-4', 'Diastolic', quantity(String(70 + (index % 20)), 'mm[Hg]')),
      measured(`w${index}`, '29463-7', 'Body weight', quantity('71.50', 'kg')),
    )
  return ccda(
    section('11450-4', 'Problems', table, ...numbers.map(concern)),
    section('8716-3', 'Vital signs', 'see entries', ...numbers.map(vitals)),
  )
}
