import { attributeOf, childrenOf, type XmlElement } from '../xml/xml-element.ts'

/** C-CDA's own templates by their last number (`4.7` is 2.16.840.1.113883.10.20.22.4.7), others by the whole identifier. */
export function hasTemplate(statement: XmlElement, ...templates: readonly string[]): boolean {
  return childrenOf(statement, 'templateId').some(each => {
    const root = attributeOf(each, 'root')
    return root !== undefined && templates.includes(shortTemplate(root))
  })
}

/** None of its templates says here what a statement is: its section, its class and its codes do. */
export function isUnmarked(statement: XmlElement): boolean {
  return !childrenOf(statement, 'templateId').some(each => KNOWN.test(shortTemplate(attributeOf(each, 'root') ?? '')))
}

/** The entries of C-CDA 2.1 and R1.1, of CCD, of IHE's Patient Care Coordination, pregnancy's, and QRDA's reason. */
const KNOWN =
  /^(?:4\.(?:\d{1,2}|1[0-4]\d|20\d|29\d|30\d|50[01])|1\.\d{1,2}|1\.3\.6\.1\.4\.1\.19376\.1\.5\.3\.1\.4\..+|2\.16\.840\.1\.113883\.10\.20\.(?:15\.3\.\d+|24\.3\.88))$/

/** C-CDA 2.1 and R1.1 (`4.…`), and the C32 and CCD documents before them (`1.…`). */
function shortTemplate(root: string): string {
  if (root.startsWith('2.16.840.1.113883.10.20.22.4.')) return root.slice('2.16.840.1.113883.10.20.22.'.length)
  return root.startsWith('2.16.840.1.113883.10.20.1.') ? root.slice('2.16.840.1.113883.10.20.'.length) : root
}
