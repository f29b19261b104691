import type { MakeOutLink, OutLink, OutLinkFailure } from '#app/core/out-link-session.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakeCard } from './fake-card.ts'

/** Links in memory: `links` is what `outLinks` answers, `nextOutLinkFailure` makes the next call fail with it. */
export class FakeOutLinks extends FakeCard {
  links: readonly OutLink[] = []
  madeLink: MakeOutLink | undefined
  nextOutLinkFailure: OutLinkFailure | undefined

  async makeOutLink(request: MakeOutLink): Promise<Result<OutLink, OutLinkFailure>> {
    const failure = this.#failure(request.passphrase)
    if (failure !== undefined) return fail(failure)
    this.madeLink = request
    const { label, sections, files, expiresAt, maxOpens } = request
    const link: OutLink = {
      linkId: `l${this.links.length + 1}`,
      address: `${request.origin}/view#shlink:/${'eyJ1cmwiOiJodHRwczovL3Jl'.repeat(14)}`,
      label,
      sections,
      files,
      madeAt: instant(Date.now()),
      expiresAt,
      hasPasscode: request.passcode !== undefined,
      ...(maxOpens === undefined ? {} : { maxOpens }),
      ...(request.isLiving ? { refreshedAt: instant(Date.now()) } : {}),
      standing: 'open',
      opens: 0,
      openings: [],
    }
    this.links = [link, ...this.links]
    return ok(link)
  }

  async outLinks(): Promise<readonly OutLink[]> {
    return this.links
  }

  async endOutLink(linkId: string, how: 'pause' | 'destroy'): Promise<Result<void, OutLinkFailure>> {
    const failure = this.#failure()
    if (failure !== undefined) return fail(failure)
    if (how === 'destroy') this.links = this.links.filter(link => link.linkId !== linkId)
    else this.#stand(linkId, 'paused')
    return ok(undefined)
  }

  async armOutLink(linkId: string, passphrase: string): Promise<Result<void, OutLinkFailure>> {
    const failure = this.#failure(passphrase)
    if (failure !== undefined) return fail(failure)
    this.#stand(linkId, 'open')
    return ok(undefined)
  }

  #stand(linkId: string, standing: OutLink['standing']): void {
    this.links = this.links.map(link => (link.linkId === linkId ? { ...link, standing } : link))
  }

  #failure(passphrase = this.passphrase): OutLinkFailure | undefined {
    const failure = this.nextOutLinkFailure
    this.nextOutLinkFailure = undefined
    return failure ?? (passphrase === this.passphrase ? undefined : { kind: 'wrong-passphrase' })
  }
}
