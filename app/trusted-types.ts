/**
 * Trusted Types: two policies, and no way to make script or markup from data. `default` lets the addresses of our own
 * workers through; `templates` serves Solid's compiled templates alone (vite.config.ts routes them here). Imported first.
 */
interface Rules {
  createHTML?(markup: string): string
  createScriptURL?(url: string): string
}
type Factory = { createPolicy<Policy extends Rules>(name: string, rules: Policy): Policy }

const factory = (globalThis as { readonly trustedTypes?: Factory }).trustedTypes
const policy = <Policy extends Rules>(name: string, rules: Policy): Policy =>
  factory?.createPolicy(name, rules) ?? rules

policy('default', {
  createScriptURL(address) {
    const { protocol, origin, pathname } = new URL(address, location.href)
    const isOurs = protocol === location.protocol && origin === location.origin
    if (!isOurs || !/^\/(service-worker\.js$|assets\/)/.test(pathname))
      throw new TypeError(`Cannot load a script from ${pathname}: it is none of this app's own`)
    return address
  },
})

const templates = policy('templates', { createHTML: markup => markup })

/** Passes the static markup of a compiled template. */
export const templateMarkup = (markup: string): string => templates.createHTML(markup)
