import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { compare, meet, sign, SLOW, toPeople } from './people-acts.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
let doctor: Person
let nurse: Person
/** On a phone. */
let ana: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  doctor = await Person.arrive(relay.origin)
  await doctor.settleIn('Dr. Green')
  nurse = await Person.arrive(relay.origin)
  await nurse.settleIn('Lee Nurse')
  ana = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
  await ana.settleIn('Ana Example')
  await ana.add('medicine', { 'Name of the medicine': 'Salbutamol' })
  for (const person of [doctor, nurse, ana]) person.troubles.expectCutNetwork()
})
afterAll(async () => {
  for (const person of [doctor, nurse, ana]) await person?.leave()
  await relay.destroy()
})

const says = ({ page }: Person, words: string) => page.getByRole('main').getByText(words).first().waitFor(SLOW)

test('a doctor makes a practice, lets the nurse in, and a patient meets it by its link', async () => {
  const { page } = doctor
  await meet(doctor, nurse)
  await compare(doctor, nurse)
  await page.goto(`${relay.origin}/keep`)
  await doctor.unlock()
  await page.getByText(/^A practice/).click()
  await page.getByLabel('What the practice is called').fill('Green Street')
  expect(await look(page, 'a practice that is made')).toEqual([])
  await doctor.button('Make the record').click()
  await doctor.button('Do this later').click(SLOW)
  await doctor.heading('Patients').waitFor(SLOW)
  expect(await look(page, 'the patients of a practice')).toEqual([])
  await page.getByRole('link', { name: 'Staff' }).click()
  await sign(doctor)
  await doctor.button('Let them in').click()
  await page.getByText(/Lee Nurse gets an offer/).waitFor(SLOW)
  expect(await look(page, 'the staff of a practice')).toEqual([])
  await toPeople(nurse)
  await nurse.button('Accept').click(SLOW)
  await nurse.heading('Patients').waitFor(SLOW)

  await toPeople(doctor)
  await doctor.button('Invite someone').click()
  const link = await page.getByLabel('Link').inputValue()
  await ana.page.goto('about:blank')
  await ana.page.goto(link)
  await ana.unlock()
  await ana.heading('Green Street invites you').waitFor(SLOW)
  await ana.button('Yes, connect').click()
  await doctor.heading(ana.name).waitFor(SLOW)
})

test('the patient asks for a refill, nurse and doctor have it in one inbox, and she sees which of them did what', async () => {
  await ana.page.goto(`${relay.origin}/messages/refill`)
  await ana.unlock()
  await ana.page.getByLabel('Which medicine?').selectOption('Salbutamol')
  await ana.page.getByLabel('What do you wish?').fill('Two inhalers, please.')
  await ana.button('Send the request').click()
  await ana.heading('Refill: Salbutamol').waitFor(SLOW)
  for (const person of [doctor, nurse]) {
    await person.page.getByRole('link', { name: 'Messages', exact: true }).first().click()
    await person.page.getByRole('link', { name: /Refill: Salbutamol/ }).click(SLOW)
    await says(person, 'Two inhalers, please.')
  }
  await nurse.button('Approve…').click()
  await nurse.page.getByRole('dialog').getByText('Told the pharmacy by phone').click()
  await nurse.button('Send').click()
  await says(ana, 'Lee Nurse, Green Street')
  await says(doctor, 'Lee Nurse, you')
  expect(await look(ana.page, 'a request that a practice answered')).toEqual([])
})

test('when the nurse leaves, the practice is told whose app has not given new keys, until that patient’s has', async () => {
  await ana.page.goto('about:blank')
  await doctor.page.getByRole('link', { name: 'Staff' }).click()
  await doctor.button('Remove Lee Nurse from this record').click(SLOW)
  await doctor.button('Remove', doctor.page.getByRole('dialog')).click()
  await nurse.page.getByText(/you were removed/).waitFor(SLOW)
  await doctor.page.getByRole('link', { name: 'Patients', exact: true }).first().click()
  await says(doctor, '1 patient has not given new keys yet')
  expect(await look(doctor.page, 'a patient who has not given new keys')).toEqual([])
  await ana.page.goto(`${relay.origin}/messages`)
  await ana.unlock()
  await expect.poll(() => doctor.page.getByText('has not given new keys yet').count(), SLOW).toBe(0)
})
