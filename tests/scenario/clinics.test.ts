import tls from 'node:tls'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Clinics, ClinicSignIn } from '#app/core/clinic-session.ts'
import type { OutsideRequest } from '#app/core/link-session.ts'
import type { ImportPreview } from '#app/core/import-session.ts'
import type { Outside } from '#app/core/ports.ts'
import type { Session } from '#app/core/session.ts'
import { fetchOutside } from '#app/platform/outside-fetch.ts'
import { clinicCondition, fillClinic } from '#tests/support/clinic-record.ts'
import { ClinicServer } from '#tests/support/clinic-server.ts'
import { toBase64 } from '#schema/bytes.ts'
import { ANA, household, titles } from '#tests/support/household.ts'
import { ccda, problem, section, SNOMED } from '#tests/support/ccda-fixtures.ts'
import { fakePdf, plainPng } from '#tests/support/photos.ts'
import { firstEntry, until } from '#tests/support/test-device.ts'

vi.setConfig({ testTimeout: 120_000 })

const REDIRECT = 'https://relay.example/connected'
const { clock, device } = household()

let clinic: ClinicServer
/** Every request that left, and to whom the vault said it might. */
const sent: OutsideRequest[] = []
let open = 0

const outside: Outside = {
  open(hosts) {
    open += 1
    let isClosed = false
    return {
      async ask(request) {
        sent.push(request)
        if (isClosed) return { kind: 'unreachable' }
        if (!hosts.includes(request.host)) return { kind: 'not-allowed' }
        return fetchOutside(request, fetch)
      },
      close() {
        if (!isClosed) open -= 1
        isClosed = true
      },
    }
  },
}

const trusted = tls.getCACertificates('default')
beforeEach(async () => {
  sent.length = 0
  clinic = await ClinicServer.start()
  clinic.login.redirects.add(REDIRECT)
  fillClinic(clinic)
  tls.setDefaultCACertificates([...trusted, clinic.cert])
})
afterEach(async () => {
  await clinic.stop()
  if (open !== 0) throw new Error(`${open} lines to others were left open`)
})
afterAll(() => tls.setDefaultCACertificates(trusted))

async function ana() {
  const phone = await device({ outside, clock })
  const created = await phone.session.createRecord(ANA)
  if (!created.ok) throw new Error(created.failure.kind)
  return phone
}

async function clinicsOf(session: Session): Promise<Clinics> {
  let told: Clinics = { clinics: [], begun: [] }
  const stop = await session.watchClinics(clinics => {
    told = clinics
  })
  stop()
  return told
}

async function begin(session: Session, more: { clientId?: string; passphrase?: string } = {}) {
  const offer = await session.lookAtClinic(clinic.address)
  if (!offer.ok) throw new Error(offer.failure.why)
  return session.beginClinic({
    address: offer.value.address,
    name: 'Test clinic',
    clientId: clinic.login.clientId,
    redirect: REDIRECT,
    passphrase: ANA.passphrase,
    ...more,
  })
}

/** What the person does in the clinic's window; answers what stands behind `?` of where it sends them. */
async function signIn({ signInUrl }: ClinicSignIn, press: 'allow' | 'deny' = 'allow'): Promise<string> {
  const page = await (await fetch(signInUrl)).text()
  const link = new RegExp(`id="${press}" href="([^"]+)"`).exec(page)?.[1] ?? ''
  return new URL(link.replaceAll('&amp;', '&')).search.slice(1)
}

async function connect(session: Session): Promise<string> {
  const begun = await begin(session)
  if (!begun.ok) throw new Error(JSON.stringify(begun.failure))
  const done = await session.finishClinic(await signIn(begun.value))
  if (!done.ok) throw new Error(JSON.stringify(done.failure))
  return done.value.clinicId
}

async function fetched(session: Session, id: string, what: 'new' | 'everything' = 'new'): Promise<ImportPreview> {
  const preview = await session.fetchClinic(id, what)
  if (!preview.ok) throw new Error(JSON.stringify(preview.failure))
  return preview.value
}

const reasons = ({ unusable }: ImportPreview) =>
  Object.fromEntries(unusable.map(({ reason, examples }) => [reason, examples]))

test('a clinic is connected, looked over and brought in as one step; what is new comes by the time, the same again adds nothing', async () => {
  const { session } = await ana()
  const id = await connect(session)
  expect(clinic.login.scopes).toEqual(['launch/patient patient/*.rs offline_access'])
  const first = await fetched(session, id)
  expect(first).toMatchObject({ fileName: `Test clinic (${clinic.host})`, newCount: 8, unusable: [] })
  expect(first.person).toMatchObject({ name: 'Ana Example' })
  expect(await titles(session)).toEqual([])
  expect(await session.commitImport(first.importId)).toEqual({ ok: true, value: { added: 8 } })
  expect(await titles(session)).toContain('Clinic condition 5')
  expect((await clinicsOf(session)).clinics).toMatchObject([{ name: 'Test clinic', lastFetchedAt: expect.any(Number) }])

  clinic.put(clinicCondition('c9', 'New since then'))
  clinic.requests.length = 0
  const second = await fetched(session, id)
  expect(second).toMatchObject({ newCount: 1, alreadyThereCount: 1 })
  expect(clinic.requests.filter(each => each.includes('Condition'))).toEqual([
    expect.stringContaining('_lastUpdated=gt20'),
  ])
  await session.commitImport(second.importId)
  expect(await fetched(session, id, 'everything')).toMatchObject({ newCount: 0, alreadyThereCount: 9 })

  expect(await session.undo()).toMatchObject({ ok: true, value: { act: 'import', count: 1 } })
  expect(await titles(session)).not.toContain('New since then')
})

test('a fetch that is not brought in is fetched again: only what was brought in moves the time', async () => {
  const { session } = await ana()
  const id = await connect(session)
  await fetched(session, id)
  await session.cancelImport()
  expect((await clinicsOf(session)).clinics[0]?.lastFetchedAt).toBeUndefined()
  expect(await fetched(session, id)).toMatchObject({ newCount: 8 })
})

test('$everything is asked for where the server has it, and nothing else', async () => {
  clinic.faults.hasEverything = true
  const { session } = await ana()
  const preview = await fetched(session, await connect(session))
  expect(preview).toMatchObject({ newCount: 8, unusable: [] })
  const searches = clinic.requests.filter(each => each.includes('/fhir/') && !/metadata|smart-conf/.test(each))
  expect(searches).toHaveLength(4)
  expect(searches.every(each => each.includes('$everything'))).toBe(true)
})

test('a token that is over in the midst is renewed once, and the new refresh token is kept in place of the old', async () => {
  const phone = await ana()
  const id = await connect(phone.session)
  clinic.faults.expiresAtSearch = 3
  expect(await fetched(phone.session, id)).toMatchObject({ newCount: 8, unusable: [] })
  expect(clinic.login.refresh.size).toBe(1)
  // Kept: a worker that starts anew goes on with it.
  const again = await phone.restart()
  await again.session.unlock(ANA.passphrase)
  clinic.login.expireAccess()
  expect(await fetched(again.session, id)).toMatchObject({ newCount: 8 })
})

test('a clinic that renews no more is to be signed in again; nothing of the record or the connection is lost', async () => {
  const { session } = await ana()
  const id = await connect(session)
  clinic.login.faults.forgetsRefresh = true
  clinic.login.expireAccess()
  expect(await session.fetchClinic(id, 'new')).toEqual({ ok: false, failure: { kind: 'clinic', why: 'signed-out' } })
  expect((await clinicsOf(session)).clinics).toMatchObject([{ clinicId: id, mustSignIn: true }])
  clinic.login.faults.forgetsRefresh = false
  expect(await connect(session)).toBe(id)
  expect((await clinicsOf(session)).clinics).toMatchObject([{ clinicId: id, mustSignIn: false }])
})

test.each(['hangsUp', 'answersHtml'] as const)(
  'a sign-in that is out of order for a while does not sign anybody out: %s',
  async fault => {
    const { session } = await ana()
    const id = await connect(session)
    clinic.login.faults[fault] = true
    clinic.login.expireAccess()
    expect(await session.fetchClinic(id, 'new')).toEqual({ ok: false, failure: { kind: 'clinic', why: 'unreachable' } })
    expect((await clinicsOf(session)).clinics).toMatchObject([{ clinicId: id, mustSignIn: false }])
    clinic.login.faults[fault] = false
    expect(await fetched(session, id)).toMatchObject({ newCount: 8, unusable: [] })
  },
)

test.each([
  ['wrong-state', 'not-asked'],
  ['other-issuer', 'other-issuer'],
] as const)('an answer that is none of what was begun is not used: %s', async (sendsBack, why) => {
  const { session } = await ana()
  const begun = await begin(session)
  if (!begun.ok) throw new Error('not begun')
  clinic.login.faults.sendsBack = sendsBack
  const tokens = clinic.requests.length
  expect(await session.finishClinic(await signIn(begun.value))).toEqual({ ok: false, failure: { kind: 'clinic', why } })
  expect(clinic.requests.slice(tokens)).toEqual([expect.stringContaining('/authorize')])
  expect((await clinicsOf(session)).clinics).toEqual([])
})

test('who says no at the clinic is not connected, and an answer counts once', async () => {
  const { session } = await ana()
  const begun = await begin(session)
  if (!begun.ok) throw new Error('not begun')
  const answer = await signIn(begun.value, 'deny')
  expect(await session.finishClinic(answer)).toEqual({ ok: false, failure: { kind: 'clinic', why: 'denied' } })
  expect(await session.finishClinic(answer)).toEqual({ ok: false, failure: { kind: 'clinic', why: 'not-asked' } })
  expect(await clinicsOf(session)).toEqual({ clinics: [], begun: [] })
})

test('connecting asks for the passphrase; a wrong one begins nothing', async () => {
  const { session } = await ana()
  expect(await begin(session, { passphrase: 'no' })).toEqual({ ok: false, failure: { kind: 'wrong-passphrase' } })
  expect((await clinicsOf(session)).begun).toEqual([])
  expect(await begin(session, { clientId: 'two words' })).toEqual({
    ok: false,
    failure: { kind: 'clinic', why: 'invalid' },
  })
})

test('what was begun is finished by a worker that starts anew, within an hour and no later', async () => {
  const phone = await ana()
  const [soon, late] = [await begin(phone.session), await begin(phone.session)]
  if (!soon.ok || !late.ok) throw new Error('not begun')
  const answers = [await signIn(soon.value), await signIn(late.value)]
  const again = await phone.restart()
  expect(await again.session.finishClinic(answers[0]!)).toMatchObject({ ok: false, failure: { why: 'not-here' } })
  await again.session.unlock(ANA.passphrase)
  await until(async () => (await clinicsOf(again.session)).begun.length === 2)
  expect(await again.session.finishClinic(answers[0]!)).toMatchObject({ ok: true })
  clock.offsetMs += 3700_000
  expect(await again.session.finishClinic(answers[1]!)).toEqual({ ok: false, failure: { kind: 'clinic', why: 'over' } })
})

test('disconnecting wipes the tokens, and the clinic is asked to end them', async () => {
  const { session } = await ana()
  const id = await connect(session)
  const [refresh] = clinic.login.refresh
  expect((await clinicsOf(session)).clinics[0]?.endHost).toBe(new URL(clinic.loginOrigin).host)
  expect(await session.disconnectClinic(id)).toEqual({ ok: true, value: { ended: 'by-clinic' } })
  expect(clinic.login.revoked).toEqual([refresh])
  expect(await clinicsOf(session)).toEqual({ clinics: [], begun: [] })
  expect(await session.fetchClinic(id, 'new')).toMatchObject({ ok: false, failure: { why: 'unknown' } })
})

test('a clinic that cannot be reached is disconnected all the same, and that is said', async () => {
  const { session } = await ana()
  const id = await connect(session)
  await clinic.stop()
  expect(await session.disconnectClinic(id)).toEqual({ ok: true, value: { ended: 'not-told' } })
  expect((await clinicsOf(session)).clinics).toEqual([])
})

test('tokens, codes and verifiers lie nowhere but sealed: not in what the window is told, not in a log, not in an address', async () => {
  const phone = await ana()
  const { session } = phone
  const told: unknown[] = []
  const stop = await session.watchClinics(clinics => told.push(clinics))
  const begun = await begin(session)
  if (!begun.ok) throw new Error('not begun')
  const done = await session.finishClinic(await signIn(begun.value))
  told.push(begun, done)
  if (!done.ok) throw new Error('not connected')
  const preview = await session.fetchClinic(done.value.clinicId, 'new')
  if (preview.ok) await session.commitImport(preview.value.importId)
  told.push(preview, await session.fetchClinic(done.value.clinicId, 'everything'))
  stop()
  await session.flush()
  const secrets = clinic.login.secrets.filter(each => each !== '')
  expect(secrets.length).toBeGreaterThan(3)
  const rows = await Promise.all(
    (['vault', 'frames', 'outbox', 'sealed', 'blobs'] as const).map(table => phone.disk.open().list(table, '')),
  )
  const disk = Buffer.concat(rows.flat().map(([, bytes]) => bytes)).toString('latin1')
  for (const secret of secrets) {
    expect(JSON.stringify(told)).not.toContain(secret)
    expect(disk).not.toContain(secret)
    for (const { url } of sent) expect(url).not.toContain(secret)
  }
  // Each host gets what is its own: the FHIR server no refresh token, the sign-in no access token in a header.
  const bodies = sent.filter(({ host }) => host === clinic.host).map(({ body = '' }) => body)
  expect(new Set(bodies)).toEqual(new Set(['']))
  const bearers = sent.filter(({ headers }) => headers?.['authorization'] !== undefined)
  expect(new Set(bearers.map(({ host }) => host))).toEqual(new Set([clinic.host]))
})

test('a connection is of one device: another one of the same person has none', async () => {
  const phone = await ana()
  await connect(phone.session)
  await until(async () => (await clinicsOf(phone.session)).clinics.length === 1)
  const laptop = await device({ outside })
  const kit = await phone.session.showKit(ANA.passphrase)
  if (!kit.ok) throw new Error(kit.failure.kind)
  const words = kit.value.words.join(' ')
  await until(async () => {
    const joined = await laptop.session.recover({ words, passphrase: ANA.passphrase, deviceName: 'laptop' })
    return joined.ok
  })
  expect(await clinicsOf(laptop.session)).toEqual({ clinics: [], begun: [] })
})

test('a sample keeps nobody’s secrets', async () => {
  const { session } = await device({ outside })
  await session.createSample({ deviceName: 'phone' })
  expect(await session.lookAtClinic(clinic.address)).toEqual({
    ok: false,
    failure: { kind: 'clinic', why: 'not-here' },
  })
  expect(sent).toEqual([])
})

test.each([
  ['http://fhir.example/r4', 'insecure'],
  ['', 'address'],
  ['a clinic', 'address'],
  ['https://me:secret@fhir.example', 'address'],
  ['nothing', 'address'],
] as const)('an address that is none asks nobody: %s', async (address, why) => {
  const { session } = await ana()
  expect(await session.lookAtClinic(address)).toEqual({ ok: false, failure: { kind: 'clinic', why } })
  expect(sent).toEqual([])
})

test('a server without PKCE is refused before anybody signs in', async () => {
  clinic.faults.lacksPkce = true
  const { session } = await ana()
  expect(await session.lookAtClinic(clinic.address)).toEqual({ ok: false, failure: { kind: 'clinic', why: 'no-pkce' } })
})

test.each([
  ['namesNoPatient', 'no-patient'],
  ['answersHtml', 'nonsense'],
] as const)('tokens that say too little connect nothing: %s', async (fault, why) => {
  const { session } = await ana()
  const begun = await begin(session)
  if (!begun.ok) throw new Error('not begun')
  const answer = await signIn(begun.value)
  clinic.login.faults[fault] = true
  expect(await session.finishClinic(answer)).toEqual({ ok: false, failure: { kind: 'clinic', why } })
  expect((await clinicsOf(session)).clinics).toEqual([])
})

test('a server that asks to wait is waited for, and one that never stops is listed and asked again another time', async () => {
  const { session } = await ana()
  const id = await connect(session)
  Object.assign(clinic.faults, { busyTimes: 2, retryAfter: 0 })
  expect(await fetched(session, id)).toMatchObject({ newCount: 8, unusable: [] })
  clinic.faults.refuses = { Condition: 500 }
  const partly = await fetched(session, id)
  expect(reasons(partly)).toEqual({ 'clinic-busy': ['Condition'] })
  expect(partly.newCount).toBe(3)
  await session.commitImport(partly.importId)
  clinic.faults.refuses = {}
  expect(await fetched(session, id)).toMatchObject({ newCount: 5 })
})

test.each([
  ['truncated', 'clinic-nonsense'],
  ['html', 'clinic-nonsense'],
  ['itself', 'clinic-nonsense'],
  ['elsewhere', 'clinic-elsewhere'],
  ['redirect', 'clinic-elsewhere'],
  ['huge', 'clinic-too-much'],
] as const)('a page that goes wrong costs its kind alone, and is listed with its reason: %s', async (page, reason) => {
  clinic.faults.pages = { Condition: page }
  const { session } = await ana()
  const preview = await fetched(session, await connect(session))
  expect(reasons(preview)).toMatchObject({ [reason]: ['Condition'] })
  expect(preview.newCount).toBeGreaterThanOrEqual(3)
  const hosts = new Set(sent.filter(({ headers }) => headers?.['authorization'] !== undefined).map(({ host }) => host))
  expect([...hosts]).toEqual([clinic.host])
})

test('what the clinic refuses, withholds or keeps elsewhere is said; a message of the server is no entry', async () => {
  Object.assign(clinic.faults, { refuses: { AllergyIntolerance: 403 }, wantsCategory: true, saysMore: true })
  clinic.put({
    resourceType: 'DocumentReference',
    id: 'd1',
    status: 'current',
    description: 'Discharge letter',
    content: [{ attachment: { url: `${clinic.address}/Binary/b1` } }],
  })
  const { session } = await ana()
  const preview = await fetched(session, await connect(session))
  expect(reasons(preview)).toMatchObject({
    'clinic-refused': ['AllergyIntolerance'],
    'clinic-file': ['Discharge letter'],
    'clinic-message': expect.arrayContaining(['Some results are withheld']),
  })
  expect(preview.newCount).toBe(8)
})

test('a server that takes no time is asked without it', async () => {
  const { session } = await ana()
  const id = await connect(session)
  await session.commitImport((await fetched(session, id)).importId)
  clinic.faults.refusesLastUpdated = true
  expect(await fetched(session, id)).toMatchObject({ newCount: 0, alreadyThereCount: 8, unusable: [] })
})

test('a clinic that cannot be reached is told from one that has nothing', async () => {
  const { session } = await ana()
  const id = await connect(session)
  await clinic.stop()
  expect(await session.fetchClinic(id, 'new')).toEqual({ ok: false, failure: { kind: 'clinic', why: 'unreachable' } })
})

test('a fetch can be broken off, and so does a lock; neither changes anything', async () => {
  const { session } = await ana()
  const id = await connect(session)
  clinic.faults.slowMs = 150
  const broken = session.fetchClinic(id, 'new')
  await until(async () => (await clinicsOf(session)).fetching?.pages !== undefined)
  await session.cancelClinic()
  expect(await broken).toEqual({ ok: false, failure: { kind: 'clinic', why: 'cancelled' } })
  const locked = session.fetchClinic(id, 'new')
  await until(async () => (await clinicsOf(session)).fetching !== undefined)
  await session.lock()
  expect(await locked).toMatchObject({ ok: false })
  await session.unlock(ANA.passphrase)
  await until(async () => (await clinicsOf(session)).clinics.length === 1)
  expect(await titles(session)).toEqual([])
  expect((await clinicsOf(session)).clinics).toMatchObject([{ clinicId: id, mustSignIn: false }])
})

const LETTER = fakePdf(30_000)

/** The entry that a clinic's document became, with what it names. */
async function documentBroughtIn(session: Session, files: readonly (string | object)[]) {
  clinic.put({
    resourceType: 'DocumentReference',
    id: 'd1',
    status: 'current',
    description: 'Discharge letter',
    content: files.map(file => ({
      attachment: { title: 'Letter', ...(typeof file === 'string' ? { url: file } : file) },
    })),
  })
  const preview = await fetched(session, await connect(session))
  expect((await session.commitImport(preview.importId)).ok).toBe(true)
  const [row] = await session.timelineRows({ text: 'Discharge letter' }, 0, 1)
  return row!.id
}

test('the files of a clinic’s document come after a tap each, as documents of it: as they are and out of a Binary, once', async () => {
  const phone = await ana()
  const { session } = phone
  const binary = { resourceType: 'Binary', id: 'b1', contentType: 'application/pdf', data: toBase64(LETTER) }
  clinic.put(binary)
  const second = fakePdf(900, 66)
  clinic.files.set('/files/2.pdf', second)
  const id = await documentBroughtIn(session, ['Binary/b1', `${clinic.address}/files/2.pdf`])
  expect(clinic.requests.filter(each => /Binary|files/.test(each))).toEqual([])
  const host = clinic.host
  const clinicId = expect.any(String) as string
  expect(await session.clinicFiles(id)).toEqual([
    { index: 0, title: 'Letter', host, clinicId },
    { index: 1, title: 'Letter', host, clinicId },
  ])
  for (const [index, bytes] of [LETTER, second].entries()) {
    const kept = await session.fetchClinicFile(id, index)
    if (!kept.ok) throw new Error(JSON.stringify(kept.failure))
    const blob = await session.attachment(kept.value.id, 0)
    expect(new Uint8Array(await blob!.arrayBuffer())).toEqual(bytes)
    const told = await firstEntry(session, kept.value.id, entry => entry.about !== undefined)
    expect(told?.about?.map(each => each.id)).toEqual([id])
    expect(told?.summary).toMatchObject({ title: 'Letter', source: { author: 'Test clinic' } })
    expect(await session.fetchClinicFile(id, index)).toEqual({ ok: true, value: { ...kept.value, isNew: false } })
  }
  expect(await session.undo()).toMatchObject({ ok: true, value: { act: 'import' } })
})

test('the token goes to no other origin: not where a document points, not where the clinic sends on', async () => {
  const { session } = await ana()
  const [login] = [clinic.loginOrigin]
  clinic.moved.set('/files/moved.pdf', `${login}/files/moved.pdf`)
  const id = await documentBroughtIn(session, [
    `${login}/files/letter.pdf`,
    `http://${clinic.host}/fhir/files/plain.pdf`,
    `https://user:word@${clinic.host}/fhir/files/named.pdf`,
    `${clinic.address}/files/moved.pdf`,
    'javascript:alert(1)',
  ])
  expect(await session.clinicFiles(id)).toEqual([
    { index: 0, title: 'Letter', host: new URL(login).host },
    { index: 1, title: 'Letter', host: clinic.host, why: 'insecure' },
    { index: 2, title: 'Letter', host: clinic.host, why: 'insecure' },
    { index: 3, title: 'Letter', host: clinic.host, clinicId: expect.any(String) as string },
    { index: 4, title: 'Letter', why: 'nowhere' },
  ])
  sent.length = 0
  for (const [index, why] of [
    [0, 'unknown'],
    [1, 'insecure'],
    [2, 'insecure'],
    [4, 'address'],
    [5, 'unknown'],
  ] as const) {
    expect(await session.fetchClinicFile(id, index)).toEqual({ ok: false, failure: { kind: 'clinic', why } })
  }
  expect(sent).toEqual([])
  expect(await session.fetchClinicFile(id, 3)).toEqual({ ok: false, failure: { kind: 'clinic', why: 'redirected' } })
  expect(sent.map(({ url }) => url)).toEqual([`${clinic.address}/files/moved.pdf`])
  expect(clinic.requests.filter(each => each.includes('files'))).toEqual(['GET /fhir/files/moved.pdf'])
})

const text = (words: string) => new TextEncoder().encode(words)
const VISIT = ccda(section('11450-4', 'Problems', 'words', problem('1', `code="195967001" ${SNOMED}`)))

/** What a clinic may hand out: its file, what it calls it, and what Wellkeep makes of it. */
const KINDS = {
  'page.html': [text('<html><body><h1>Letter</h1><script>x()</script><p>Well.'), 'text/html', 'text/html', 'words'],
  'note.rtf': [text('{\\rtf1\\ansi Seen today.}'), 'application/rtf', 'text/rtf', 'words'],
  'note.txt': [text('Seen today.'), 'text/plain', 'text/plain', 'words'],
  'visit.xml': [text(VISIT), 'application/hl7-cda+xml', 'text/xml', 'records'],
  'scan.png': [plainPng(), 'image/png', 'image/png', undefined],
  'film.tif': [new Uint8Array([0x49, 0x49, 0x2a, 0, 1, 2, 3]), 'image/tiff', undefined, undefined],
} as const

test('a clinic’s files of every kind are kept as they came, and each says what it is good for', async () => {
  const { session } = await ana()
  const names = Object.keys(KINDS) as (keyof typeof KINDS)[]
  for (const name of names) clinic.files.set(`/files/${name}`, KINDS[name][0])
  const id = await documentBroughtIn(
    session,
    names.map(name => ({ url: `files/${name}`, title: name, contentType: KINDS[name][1] })),
  )
  for (const [index, name] of names.entries()) {
    const [bytes, , type, holds] = KINDS[name]
    const kept = await session.fetchClinicFile(id, index)
    if (!kept.ok) throw new Error(`${name}: ${JSON.stringify(kept.failure)}`)
    const blob = await session.attachment(kept.value.id, 0)
    expect(new Uint8Array(await blob!.arrayBuffer())).toEqual(bytes)
    // Nothing of it is what a browser would run.
    expect(blob?.type).toBe(name === 'scan.png' ? 'image/png' : 'application/octet-stream')
    const told = await firstEntry(session, kept.value.id, entry => entry.attachments !== undefined)
    expect({ name, ...told?.attachments?.[0] }).toMatchObject({ name, title: name, bytes: bytes.length })
    expect([name, told?.attachments?.[0]?.type, told?.attachments?.[0]?.holds]).toEqual([name, type, holds])
    if (name !== 'visit.xml') continue
    const preview = await session.previewImport(blob!, name)
    expect(preview).toMatchObject({ ok: true, value: { format: 'clinical-document' } })
    expect(preview.ok && preview.value.newCount).toBeGreaterThan(3)
  }
})

test('a file that came along as a Binary is pointed at, and nobody is asked for it', async () => {
  clinic.faults.hasEverything = true
  clinic.put({ resourceType: 'Binary', id: 'b1', contentType: 'text/html', data: toBase64(text('<p>Well.')) })
  const { session } = await ana()
  const id = await documentBroughtIn(session, ['Binary/b1'])
  const [file] = await session.clinicFiles(id)
  const told = await firstEntry(session, file!.here!, entry => entry.attachments !== undefined)
  expect(told?.attachments).toMatchObject([{ type: 'text/html', holds: 'words' }])
  expect(clinic.requests.filter(each => each.includes('/Binary'))).toEqual([])
})

test('a file that is gone, is none, is empty or too large says so, and nothing is kept', async () => {
  const { session } = await ana()
  clinic.files.set('/files/page.html', text('<!doctype html><title>Sign in</title>'))
  clinic.files.set('/files/note.json', text('{"resourceType":"OperationOutcome"}'))
  clinic.files.set('/files/empty', new Uint8Array())
  clinic.files.set('/files/large', fakePdf(20_100_000))
  const id = await documentBroughtIn(session, [
    'Binary/none',
    { url: 'files/page.html', contentType: 'application/pdf' },
    'files/note.json',
    'files/empty',
    'files/large',
  ])
  const refused = async (index: number) => {
    const answer = await session.fetchClinicFile(id, index)
    return answer.ok ? answer : answer.failure
  }
  expect(await refused(0)).toEqual({ kind: 'clinic', why: 'refused' })
  expect(await refused(1)).toEqual({ kind: 'clinic', why: 'nonsense' })
  expect(await refused(2)).toEqual({ kind: 'clinic', why: 'nonsense' })
  expect(await refused(3)).toEqual({ kind: 'clinic', why: 'empty' })
  expect(await refused(4)).toEqual({ kind: 'paper-too-large', maxMb: 20 })
  expect((await session.timelineRows({ kinds: ['document'] }, 0, 10)).map(row => row.title)).toEqual([
    'Discharge letter',
  ])
})

test.each([
  ['fetched one by one', false],
  ['brought along by the search', true],
])('the product that an order only refers to is %s, and names the order', async (_how, includesMedications) => {
  clinic.faults.includesMedications = includesMedications
  const order = (id: string, reference: string) =>
    clinic.put({
      resourceType: 'MedicationRequest',
      id,
      status: 'active',
      intent: 'order',
      subject: { reference: `Patient/${clinic.login.patient}` },
      medicationReference: { reference },
    })
  order('m1', 'Medication/amlo')
  order('m2', `${clinic.address}/Medication/amlo`)
  order('m3', 'https://elsewhere.example/fhir/Medication/other')
  clinic.put({ resourceType: 'Medication', id: 'amlo', code: { text: 'Amlodipine 5 mg tablet' } })
  const { session } = await ana()
  const preview = await fetched(session, await connect(session))
  expect(preview.unusable).toEqual([])
  await session.commitImport(preview.importId)
  const shown = (await titles(session)).filter(title => title === 'Amlodipine 5 mg tablet')
  expect(shown.length).toBeGreaterThanOrEqual(2)
  const asked = clinic.requests.filter(each => each.includes('/Medication/'))
  expect(asked).toHaveLength(includesMedications ? 0 : 1)
  expect(clinic.requests.some(each => each.includes('_include=MedicationRequest'))).toBe(includesMedications)
})
