import { SHL, SHLManifestBuilder } from 'kill-the-clipboard'

/** What somebody else's library is given to hand out. */
export const THEIR_BUNDLE = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    {
      fullUrl: 'urn:uuid:0b1f1f7e-4b0d-4d0c-8a0e-1c6f1f7e4b0d',
      resource: { resourceType: 'Patient', name: [{ text: 'Ana' }] },
    },
    {
      fullUrl: 'urn:uuid:5d2c7c52-8f0a-4a6c-9f3e-7b1f2c3d4e5f',
      resource: {
        resourceType: 'Condition',
        code: { text: 'Asthma' },
        subject: { reference: 'urn:uuid:0b1f1f7e-4b0d-4d0c-8a0e-1c6f1f7e4b0d' },
      },
    },
  ],
} as const

/** Characters: the Bundle is longer as it lies sealed, the packed Condition is not. */
const LONGEST_IN_LIST = 600

export const THEIR_PASSCODE = 'kite'

/** A link that kill-the-clipboard made, and what whoever keeps it answers, as that library's documentation says. */
export interface TheirLink {
  /** Behind a viewer's address. */
  readonly link: string
  /** `body` is sent by POST. */
  readonly answer: (url: string, body?: string) => Promise<{ readonly status: number; readonly body: string | object }>
}

/** Its list and its files lie at these origins: one file in the list, one at an address of its own. */
export async function theirLink(
  flag: 'L' | 'LP' | 'P',
  { lists, files: fileOrigin }: { readonly lists: string; readonly files: string },
): Promise<TheirLink> {
  const files = new Map<string, string>()
  const shl = SHL.generate({ baseManifestURL: `${lists}/shl`, flag, label: 'From the clinic' })
  const builder = new SHLManifestBuilder({
    shl,
    async uploadFile(content) {
      const path = `file-${files.size}`
      files.set(path, content)
      return path
    },
    getFileURL: async path => `${fileOrigin}/${path}`,
    loadFile: async path => files.get(path) ?? '',
  })
  await builder.addFHIRResource({ content: THEIR_BUNDLE, enableCompression: false })
  const hayFever = { ...THEIR_BUNDLE.entry[1].resource, code: { text: 'Hay fever' } }
  await builder.addFHIRResource({ content: hayFever, enableCompression: true })
  let triesLeft = 5
  return {
    link: `https://viewer.example/#${shl.toURI()}`,
    async answer(url, body) {
      const file = files.get(new URL(url).pathname.slice(1))
      if (file !== undefined) return { status: 200, body: file }
      if (url !== shl.url || body === undefined) return { status: 404, body: '' }
      const { passcode } = JSON.parse(body) as { passcode?: string }
      if (flag.includes('P') && passcode !== THEIR_PASSCODE) {
        return { status: 401, body: { remainingAttempts: --triesLeft } }
      }
      return { status: 200, body: await builder.buildManifest({ embeddedLengthMax: LONGEST_IN_LIST }) }
    },
  }
}
