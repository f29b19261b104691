import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { accept, compare, meet, openContact, share, sign, SLOW, toPeople, turnTo } from './people-acts.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const DAY_MS = 86_400_000
const PHONE = { viewport: { width: 360, height: 740 } }
const PRACTICE = { name: 'Green Street' }

let relay: RelayProcess
/** The patient, on a phone. */
let ana: Person
/** Her daughter, on another. */
let dora: Person
let doctor: Person
let nurse: Person
/** Of the practice, in the browsers of those who work there. */
let practicePath = ''
/** Since the week began. */
let day = 0

beforeAll(async () => {
  relay = await RelayProcess.start()
  doctor = await Person.arrive(relay.origin)
  await doctor.settleIn('Dr. Green')
  nurse = await Person.arrive(relay.origin)
  await nurse.settleIn('Lee Nurse')
  ana = await Person.arrive(relay.origin, PHONE)
  await ana.settleIn('Ana Example')
  await ana.add('medicine', { 'Name of the medicine': 'Salbutamol' })
  await at(ana, '/plan')
  await ana.page.getByRole('link', { name: 'Add a task' }).click()
  await ana.fill({ 'What is to be done?': 'Bend the knee' })
  await ana.button('Save').click()
  await ana.heading('Plan').waitFor(SLOW)
  dora = await Person.arrive(relay.origin, PHONE)
  await dora.settleIn('Dora Sample')
  for (const person of [doctor, nurse, ana, dora]) {
    person.troubles.expectCutNetwork()
    person.context.setDefaultTimeout(SLOW.timeout)
  }
})
afterAll(async () => {
  for (const person of [doctor, nurse, ana, dora]) await person?.leave()
  await relay.destroy()
})

const says = ({ page }: Person, words: string | RegExp) => page.getByRole('main').getByText(words).first().waitFor(SLOW)

async function at(person: Person, path: string): Promise<void> {
  await person.page.goto('about:blank')
  await person.page.goto(`${relay.origin}${path}`)
  await person.unlock()
}

const dateIn = (days: number) => new Date(Date.now() + (day + days) * DAY_MS).toISOString().slice(0, 10)

/** For the relay and on everybody's device; who takes part opens their record, at the page that is named. */
async function nextDay(people: readonly (readonly [Person, string])[]): Promise<void> {
  day += 1
  await relay.restartAhead(day * DAY_MS)
  for (const person of [doctor, nurse, ana, dora]) {
    await person.wakeAt(day * DAY_MS)
    person.context.setDefaultTimeout(SLOW.timeout)
  }
  for (const [person, path] of people) await at(person, path)
}

test('Monday: the doctor makes a practice and lets the nurse in; Ana meets it by its link, shares with it, and with her daughter', async () => {
  const { page } = doctor
  await meet(doctor, nurse)
  await compare(doctor, nurse)
  await at(doctor, '/keep')
  await page.getByText(/^A practice/).click()
  await page.getByLabel('What the practice is called').fill(PRACTICE.name)
  expect(await look(page, 'a practice that is made')).toEqual([])
  await doctor.button('Open a practice').click()
  await doctor.button('Do this later').click()
  await doctor.heading('Patients').waitFor(SLOW)
  practicePath = new URL(page.url()).pathname.replace(/\/patients$/, '')
  expect(await look(page, 'the patients of a practice')).toEqual([])
  await page.getByRole('link', { name: 'Staff', exact: true }).click()
  await page.getByLabel('Who?', { exact: true }).selectOption({ label: nurse.name })
  await sign(doctor)
  await doctor.button('Let them in').click()
  await page.getByText(/Lee Nurse gets an offer/).waitFor(SLOW)
  expect(await look(page, 'the staff of a practice')).toEqual([])
  await toPeople(nurse)
  await nurse.button('Accept').click()
  await nurse.heading('Patients').waitFor(SLOW)

  await toPeople(doctor)
  await doctor.button('Invite a patient').click()
  const link = await page.getByLabel('Link').inputValue()
  await at(ana, new URL(link).pathname + new URL(link).hash)
  await ana.heading('Green Street invites you').waitFor(SLOW)
  await ana.button('Yes, connect').click()
  await doctor.heading(ana.name).waitFor(SLOW)
  await ana.page.getByText(`Waiting for ${PRACTICE.name}`).waitFor({ ...SLOW, state: 'detached' })
  await share(ana, PRACTICE as Person, { sections: ['Medicines'], until: '30 days', role: 'See' })
  await accept(doctor, ana)

  await meet(ana, dora)
  await compare(ana, dora)
  await share(ana, dora, { sections: ['Medicines', 'Plans and goals'], until: 'Until I stop it', role: 'See' })
  await accept(dora, ana)
})

test('Tuesday: Ana writes, the nurse answers; she asks for a refill, and the doctor approves it', async () => {
  await nextDay([
    [ana, '/messages/new'],
    [nurse, `${practicePath}/messages`],
    [doctor, `${practicePath}/patients`],
  ])
  await ana.page.getByText(PRACTICE.name, { exact: true }).first().click()
  await ana.page.getByText('My health', { exact: true }).click()
  await ana.page.getByLabel(/^Subject/).fill('Knee')
  await ana.page.getByLabel('Your message').fill('My knee is swollen since Sunday.')
  await ana.button('Send').click()
  await nurse.page.getByRole('link', { name: /Ana Example.*Knee/ }).click()
  await nurse.page.getByLabel('Your answer').fill('Cool it, and come on Thursday.')
  await nurse.button('Send').click()
  await ana.page.getByText('Cool it, and come on Thursday.').waitFor(SLOW)
  await ana.page.getByText('Lee Nurse, Green Street').first().waitFor(SLOW)
  expect(await look(ana.page, 'a thread with a practice')).toEqual([])

  await at(ana, '/messages/refill')
  await ana.page.getByLabel('Whom do you ask?').selectOption(PRACTICE.name)
  await ana.page.getByLabel('Which medicine?').selectOption('Salbutamol')
  await ana.page.getByLabel('What do you wish?').fill('Two inhalers, please.')
  await ana.button('Send the request').click()
  await ana.heading('Refill: Salbutamol').waitFor(SLOW)
  await doctor.page.getByRole('link', { name: /Refill: Salbutamol/ }).click()
  await says(doctor, 'Two inhalers, please.')
  await doctor.button('Approve…').click()
  await doctor.page.getByRole('dialog').getByText('Told the pharmacy by phone').click()
  await doctor.button('Send').click()
  await says(ana, 'Dr. Green, Green Street')
  expect(await look(ana.page, 'a request that a practice answered')).toEqual([])
})

test('Wednesday: she has fetched it; the nurse offers times for an appointment, and she chooses one; her daughter sees her plan', async () => {
  await nextDay([
    [ana, '/messages'],
    [nurse, `${practicePath}/messages`],
    [dora, '/'],
  ])
  await ana.page.getByRole('link', { name: /Refill: Salbutamol/ }).click()
  await ana.button('I have it…').click()
  await ana.page.getByLabel('How much do you have now, more than before?').fill('2')
  await ana.page.getByLabel('In what').fill('inhaler')
  await ana.button('Send').click()
  await ana.page.getByText('Added to the stock.').waitFor(SLOW)

  await openContact(ana, PRACTICE.name)
  await ana.page.getByRole('link', { name: 'Ask for an appointment' }).click()
  await ana.page.getByLabel('What is it about?').fill('My knee')
  await ana.button('Send the request').click()
  await ana.heading('Appointment: My knee').waitFor(SLOW)
  await nurse.page.getByRole('link', { name: /Appointment: My knee/ }).click()
  await nurse.button('Offer times…').click()
  const first = nurse.page.getByRole('dialog').getByRole('group', { name: 'Time 1' })
  await first.getByLabel('Day').fill(dateIn(1))
  await first.getByLabel('Time', { exact: true }).fill('10:30')
  await nurse.page.getByRole('dialog').getByLabel('How many minutes').fill('20')
  await nurse.button('Send', nurse.page.getByRole('dialog')).click()
  await says(ana, 'Times offered')
  await ana.button('Choose a time…').click()
  await ana.page.getByRole('radio', { name: /10:30/ }).check({ force: true })
  await ana.button('Send').click()
  await says(nurse, 'Chosen, not confirmed yet')
  await nurse.button('Confirm…').click()
  await nurse.button('Send').click()
  await says(ana, 'Confirmed')
  await openContact(dora, ana.name)
  await dora.page.getByRole('link', { name: 'Open' }).first().click()
  await turnTo(dora, 'Plans and goals')
  await says(dora, 'Bend the knee')
})

test('Thursday: the doctor writes a result for her record and gives her something to read; she takes both in', async () => {
  await nextDay([
    [ana, '/'],
    [doctor, `${practicePath}/patients`],
  ])
  await doctor.page.getByRole('link', { name: 'Write for the record' }).click()
  await doctor.page.getByRole('link', { name: 'Test result' }).click()
  await doctor.fill({ 'Which test': 'Potassium', Result: '4.1', Unit: 'mmol/L' })
  await doctor.page.getByLabel('Year').fill(dateIn(0).slice(0, 4))
  await doctor.button('Send it to be accepted').click()
  await ana.page.getByText('One entry waits for you to accept it').waitFor(SLOW)
  await ana.page.getByRole('link', { name: 'Look at it', exact: true }).click()
  await says(ana, /4\.1 mmol\/L/)
  await ana.button('Accept').click()
  await says(ana, 'In the record')

  await at(doctor, `${practicePath}/patients`)
  await doctor.page.getByRole('link', { name: 'Give something to read' }).click()
  await doctor.page.getByLabel('Title').fill('Knees')
  await doctor.page.getByLabel(/^Text/).fill('Rest it for **two weeks**.')
  await doctor.button('Send it').click()
  await doctor.heading('To read: Knees').waitFor(SLOW)
  await at(ana, '/learn')
  const shelf = ana.page.getByRole('region', { name: 'From my care team' })
  await shelf.getByRole('link', { name: /Knees.*Not read yet/ }).click()
  await says(ana, 'two weeks')
  await ana.button('I understood it').click()
  await says(doctor, 'Understood')
})

test('Friday: Ana starts a circle; her daughter comes in under a name of her own, and they talk', async () => {
  await nextDay([
    [ana, '/circles/new'],
    [dora, '/'],
  ])
  await ana.page.getByLabel('What the circle is called').fill('Sore knees')
  await ana.page.getByLabel('What you are called here').fill('Owl')
  await ana.page.getByRole('radio', { name: 'Bird' }).check({ force: true })
  await ana.button('Start the circle').click()
  await ana.page.getByRole('link', { name: 'Members and rules' }).click()
  await ana.button('Invite somebody').click()
  const link = new URL(await ana.page.getByRole('textbox', { name: 'Link', exact: true }).inputValue())
  await at(dora, link.pathname + link.hash)
  await dora.page.getByLabel('What you are called here').fill('Fox')
  await dora.page.getByRole('radio', { name: 'Leaf' }).check({ force: true })
  await dora.button('Ask to come in').click()
  await ana.button('Let in: Fox').click()
  await dora.page.getByRole('link', { name: /Sore knees/ }).click()
  await dora.page.getByLabel('Say something').fill('Stairs are the worst.')
  await dora.button('Post').click()
  await ana.page.getByRole('link', { name: 'Sore knees' }).first().click()
  await says(ana, 'Stairs are the worst.')
})

test('the week after: what nobody answered is said to wait; the nurse leaves, and until Ana’s app gave new keys she is named', async () => {
  await nextDay([[ana, '/messages/appointment']])
  await ana.page.getByLabel('Whom do you ask?').selectOption(PRACTICE.name)
  await ana.page.getByLabel('What is it about?').fill('The other knee')
  await ana.button('Send the request').click()
  await ana.heading('Appointment: The other knee').waitFor(SLOW)
  await ana.statusSays('Backed up', SLOW.timeout)
  day += 4
  await nextDay([[doctor, `${practicePath}/patients`]])
  await says(doctor, /The other knee/)
  await doctor.page.getByRole('link', { name: 'Staff', exact: true }).click()
  await doctor.button('Remove Lee Nurse from this record').click()
  await doctor.button('Remove', doctor.page.getByRole('dialog')).click()
  await at(nurse, practicePath)
  await nurse.page.getByText(/you were removed/).waitFor(SLOW)
  await doctor.page.getByRole('link', { name: 'Patients', exact: true }).first().click()
  await says(doctor, '1 patient has not given new keys yet')
  expect(await look(doctor.page, 'a patient who has not given new keys')).toEqual([])
  await at(ana, '/messages')
  await ana.page.getByRole('link', { name: /The other knee/ }).click()
  await says(ana, 'Nothing has happened for a while')
  await expect.poll(() => doctor.page.getByText('has not given new keys yet').count(), SLOW).toBe(0)
})

test('she stops sharing with the practice: the doctor reads why nothing more can be written', async () => {
  await openContact(ana, PRACTICE.name)
  await ana.button('Stop').click()
  await ana.button('Stop', ana.page.getByRole('dialog')).click()
  await at(doctor, `${practicePath}/patients`)
  await says(doctor, /^Ana Example: ended on/)
})
