import type {
  CircleDetail,
  CircleFailure,
  CircleNews,
  CircleSession,
  PostDetail,
  PostList,
} from '#app/core/circle-session.ts'
import type { KeptRecord } from '#app/core/kept-session.ts'
import type { Stop } from '#app/core/session.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakePush } from './fake-push.ts'
import { Watched } from './fake-watch.ts'

type Done = Promise<Result<void, CircleFailure>>

/** A circle in memory: set what is watched to act as the worker, and a failure to be refused. */
export class FakeCircle extends FakePush implements CircleSession {
  readonly circles = new Watched<readonly KeptRecord[]>([])
  readonly circle = new Watched<CircleDetail | undefined>(undefined)
  readonly circleNews = new Watched<CircleNews | undefined>(undefined)
  /** At the posts (undefined), or at one. */
  readonly circleLooks: (string | undefined)[] = []
  readonly posts = new Watched<PostList>({ posts: [], count: 0 })
  readonly post = new Watched<PostDetail | undefined>(undefined)
  /** What was asked for, in its order. */
  readonly circleDeeds: (readonly [name: string, ...args: readonly unknown[]])[] = []
  nextCircleFailure: CircleFailure | undefined

  async watchCircles(listener: (circles: readonly KeptRecord[]) => void): Promise<Stop> {
    return this.circles.watch(listener)
  }
  async watchCircle(listener: (circle: CircleDetail | undefined) => void): Promise<Stop> {
    return this.circle.watch(listener)
  }
  async watchCircleNews(listener: (news: CircleNews | undefined) => void): Promise<Stop> {
    return this.circleNews.watch(listener)
  }
  async lookAtCircle(postId?: string): Done {
    this.circleLooks.push(postId)
    return ok(undefined)
  }
  async watchPosts(_count: number, listener: (posts: PostList) => void): Promise<Stop> {
    return this.posts.watch(listener)
  }
  async watchPost(_id: string, listener: (post: PostDetail | undefined) => void): Promise<Stop> {
    return this.post.watch(listener)
  }

  beginCircle = this.#deed('beginCircle')
  sayInCircle = this.#deed('sayInCircle')
  react = this.#deed('react')
  report = this.#deed('report')
  hideInCircle = this.#deed('hideInCircle')
  takeDown = this.#deed('takeDown')
  muteCircle = this.#deed('muteCircle')
  changeProfile = this.#deed('changeProfile')
  changeRules = this.#deed('changeRules')
  chooseModerators = this.#deed('chooseModerators')
  noteInvitation = this.#deed('noteInvitation')
  letIn = this.#deed('letIn')
  removeFromCircle = this.#deed('removeFromCircle')
  leaveCircle = this.#deed('leaveCircle')

  #deed(name: string): (...args: readonly unknown[]) => Done {
    return async (...args) => {
      const failure = this.nextCircleFailure
      this.nextCircleFailure = undefined
      if (failure) return fail(failure)
      this.circleDeeds.push([name, ...args])
      return ok(undefined)
    }
  }
}
