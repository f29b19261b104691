import type {
  CardChange,
  CardChoices,
  CardFaces,
  CardRecord,
  LockedCard,
  LockedCardFailure,
} from '#app/core/card-session.ts'
import { type CardDocument, readCardChoices, writeCardChange } from '#app/core/home/card-document.ts'
import type { Stop } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakeTakeOut } from './fake-take-out.ts'
import { Watched } from './fake-watch.ts'

const SECTIONS: ReadonlySet<Section> = new Set(['allergies', 'medicines', 'problems', 'devices', 'about-me'])

/** The part of the fake session that is about the emergency card. */
export class FakeCard extends FakeTakeOut {
  readonly cardDocument: CardDocument = {}
  readonly cardChoices = new Watched<CardChoices>({ items: {}, noneKnownAt: {} })
  readonly lockedCard = new Watched<LockedCard | undefined>(undefined)

  async watchCard(listener: (card: CardRecord) => void): Promise<Stop> {
    const tell = async () => {
      const facts = await this.reportEntries({ sections: [...SECTIONS], withPrivate: true })
      const text = (use: keyof CardRecord['texts']) => this.texts.get(use) ?? ''
      listener({
        entries: facts,
        texts: {
          'emergency-contacts': text('emergency-contacts'),
          'emergency-blood-group': text('emergency-blood-group'),
          'emergency-languages': text('emergency-languages'),
          'emergency-directives': text('emergency-directives'),
        },
        choices: this.cardChoices.value,
      })
    }
    const stops = [await this.watchTimeline({}, () => void tell()), await this.cardChoices.watch(() => void tell())]
    return () => {
      for (const stop of stops) stop()
    }
  }

  watchCardChoices(listener: (choices: CardChoices) => void): Promise<Stop> {
    return this.cardChoices.watch(listener)
  }

  async changeCard(change: CardChange): Promise<Result<void, never>> {
    writeCardChange(this.cardDocument, change, instant(Date.now()))
    this.cardChoices.set(readCardChoices(this.cardDocument))
    return ok(undefined)
  }

  watchLockedCard(listener: (card: LockedCard | undefined) => void): Promise<Stop> {
    return this.lockedCard.watch(listener)
  }

  async allowLockedCard(faces: CardFaces, passphrase: string): Promise<Result<void, LockedCardFailure>> {
    if (passphrase !== this.passphrase) return fail({ kind: 'wrong-passphrase' })
    this.lockedCard.set({ faces, asOf: instant(Date.now()) })
    return ok(undefined)
  }

  async renewLockedCard(faces: CardFaces): Promise<Result<void, LockedCardFailure>> {
    if (this.lockedCard.value !== undefined) this.lockedCard.set({ faces, asOf: instant(Date.now()) })
    return ok(undefined)
  }

  async forbidLockedCard(): Promise<Result<void, LockedCardFailure>> {
    this.lockedCard.set(undefined)
    return ok(undefined)
  }
}
