import { expect, test } from 'vitest'
import { toldSections } from '#app/ui/record/told-sections.ts'

const reason = (code: string, text?: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code }],
  ...(text === undefined ? {} : { text }),
})
const told = (...section: readonly object[]) => toldSections(JSON.stringify({ resourceType: 'Composition', section }))

test('toldSections() says of a section without words why it is empty, and leaves out what says nothing', () => {
  const words = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">None known</div>' }
  const sections = told(
    { title: 'Allergies', emptyReason: reason('nilknown') },
    { title: 'Medicines', emptyReason: reason('notasked'), text: { status: 'empty', div: '<div/>' } },
    { title: 'Problems', emptyReason: reason('unavailable'), text: words },
    { title: 'Devices', emptyReason: reason('closed', 'The list is closed') },
    { title: 'Visits', emptyReason: reason('notstarted') },
  )
  expect(sections.map(({ title }) => title)).toEqual(['Allergies', 'Medicines', 'Problems', 'Devices'])
  expect(sections.map(each => each.reason)).toEqual(['nilknown', 'notasked', undefined, undefined])
  expect(sections[3]?.nodes).toEqual(['The list is closed'])
})
