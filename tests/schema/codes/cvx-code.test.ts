import { expect, test } from 'vitest'
import { CVX_NAMES } from '#schema/codes/cvx.ts'
import { cvxCodeOf } from '#schema/codes/cvx-code.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'

test('cvxCodeOf() finds the CVX code among others, by its address and its OID, in two digits at least', () => {
  const ndc = { system: 'http://hl7.org/fhir/sid/ndc', code: '80777-273-10' }
  expect(cvxCodeOf([ndc, { system: SYSTEMS.cvx, code: '207' }])).toBe('207')
  expect(cvxCodeOf([{ system: 'urn:oid:2.16.840.1.113883.12.292', code: '8' }])).toBe('08')
  for (const codes of [[], [ndc], [{ system: SYSTEMS.cvx }], [{ code: '207' }]])
    expect(cvxCodeOf(codes)).toBeUndefined()
})

test('CVX_NAMES has a name for each code as the CDC writes it, and none for what is reserved', () => {
  expect(CVX_NAMES['208']).toBe('COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose')
  expect(Object.keys(CVX_NAMES).filter(code => !/^\d{2,3}$/.test(code))).toEqual([])
  expect(Object.values(CVX_NAMES).filter(name => name.trim() !== name || name === '')).toEqual([])
  expect(CVX_NAMES['99']).toBeUndefined()
})
