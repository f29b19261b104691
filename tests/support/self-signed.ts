import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

type Bytes = Uint8Array

/** One DER value (X.690): tag, length, content. */
function der(tag: number, ...parts: readonly Bytes[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts: readonly Bytes[]) => der(0x30, ...parts)
const hex = (digits: string) => Buffer.from(digits, 'hex')
/** 1.2.840.10045.4.3.2: ECDSA with SHA-256. */
const ECDSA = sequence(der(0x06, hex('2a8648ce3d040302')))
/** CN=localhost. */
const NAME = sequence(der(0x31, sequence(der(0x06, hex('550403')), der(0x0c, Buffer.from('localhost')))))
/** subjectAltName localhost; basicConstraints CA, so that it can vouch for itself. */
const EXTENSIONS = der(
  0xa3,
  sequence(
    sequence(der(0x06, hex('551d11')), der(0x04, sequence(der(0x82, Buffer.from('localhost'))))),
    sequence(der(0x06, hex('551d13')), der(0x01, hex('ff')), der(0x04, sequence(der(0x01, hex('ff'))))),
  ),
)

const utcTime = (ms: number) =>
  der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))

function pem(label: string, bytes: Bytes): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** A certificate for `localhost`, made anew, good for a week; `pin` is what Chromium calls its key by. */
export function selfSigned(): { readonly key: string; readonly cert: string; readonly pin: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const [from, to] = [Date.now() - 86_400_000, Date.now() + 6 * 86_400_000]
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]))
  const version = der(0xa0, der(0x02, hex('02')))
  const body = sequence(version, serial, ECDSA, NAME, sequence(utcTime(from), utcTime(to)), NAME, spki, EXTENSIONS)
  const signature = der(0x03, hex('00'), sign('sha256', body, privateKey))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem('CERTIFICATE', sequence(body, ECDSA, signature)),
    pin: createHash('sha256').update(spki).digest('base64'),
  }
}
