import { type Capability, decodeCapability } from '#schema/protocol/capability.ts'
import type { TestDevice } from './test-device.ts'

/** Every capability that this device has brought to the relay from now on, each once the relay has answered. */
export function capabilitiesOf({ link }: TestDevice): Capability[] {
  const found: Capability[] = []
  const request = link.request.bind(link)
  link.request = async asked => {
    const answer = await request(asked)
    const capability = asked.body === undefined ? undefined : decodeCapability(asked.body)
    if (capability?.ok && asked.path.endsWith('/caps')) found.push(capability.value)
    return answer
  }
  return found
}
