// The batch that is open: what it holds, what it still lacks, and the act that it becomes (scanner/batch.py).
import { typeOf } from './codes.js'
import { DEFAULT_KIND, fact, KINDS, OF_AN_ITEM, OWN_SUBMISSION } from './kinds.js'

export const MOST_ITEMS = 500
export const LONGEST_ANSWER = 500
const ITEM_FACTS = ['seal', 'new_seal', 'number', 'counted']

export class OpenBatch {
  facts = {} // what was said of the act, by the name under which it is sent
  items = []
  people = {} // the badges of the second people, by what they are
  demanded = new Map() // what verdicts asked for, with the items that they asked it for
  declined = new Set() // what was then left out, so that it is not asked for again

  constructor (kind = null) {
    this.kind = kind // null: nobody chose, so it is a move
  }

  get actKind () {
    return this.kind ?? DEFAULT_KIND
  }

  /** What that kind needs. */
  get rules () {
    return KINDS[this.actKind]
  }

  /** The code of the place, the box or the badge that it goes to, or null. */
  get to () {
    return this.facts.to ?? null
  }

  /** The first thing that this kind of act needs and does not have, or null. */
  get missing () {
    return this.rules.needs.find(need => !(fact(need) in this.facts) && !this.#known(need)) ?? null
  }

  /** Whether the service has it on record: who authorised a submission of its own. */
  #known (need) {
    return need === 'authority' && OWN_SUBMISSION.test(this.facts.submission ?? '')
  }

  /** [what, code]: what an item needs and does not have, or what a verdict asked for. Null when all is there. */
  lacking () {
    for (const item of this.items) {
      const without = this.without(item)
      if (without) return [without, item.code]
    }
    return this.demand()
  }

  /** What this kind of act needs of the item and does not have, or null. */
  without (item) {
    return this.each(item.code).find(need => item[fact(need)] === undefined) ?? null
  }

  /** What is asked of this item. A box is many items, so it is asked for its own new seal and nothing else. */
  each (code) {
    return typeOf(code) === 'box' ? this.rules.each.filter(need => need === 'new_seal') : this.rules.each
  }

  /** The first thing that a verdict asked for and nobody gave or left out; with the code if it is of an item. */
  demand () {
    for (const need of this.demanded.keys()) {
      const code = this.wants(need)
      if (code !== null) return [need, OF_AN_ITEM.has(need) ? code : null]
    }
    return null
  }

  /** The first item for which a verdict asked for this and nobody gave it or left it out, or null. */
  wants (need) {
    return (this.demanded.get(need) ?? []).find(code => !this.declined.has(`${need} ${code}`) && !this.#has(need, code)) ?? null
  }

  /** A verdict asks for this. False if it has it, was told that it gets none, or is of an item that is gone. */
  askFor (need, code) {
    if (this.#has(need, code) || this.declined.has(`${need} ${code}`) || !this.rowOf(code)) return false
    if (!this.demanded.has(need)) this.demanded.set(need, [])
    if (!this.demanded.get(need).includes(code)) this.demanded.get(need).push(code)
    return true
  }

  /** What verdicts asked for is left out: the service refuses those items, and says why. */
  decline (need) {
    for (const code of this.demanded.get(need) ?? []) this.declined.add(`${need} ${code}`)
  }

  /** The row of the item, counted from 1; 0 when it is not in the batch. */
  rowOf (code) {
    return this.items.findIndex(item => item.code === code) + 1
  }

  /** Take the last item out, with what was asked for because of it. */
  takeBack () {
    const gone = this.items.pop()
    for (const [need, codes] of [...this.demanded]) {
      const left = codes.filter(code => code !== gone.code)
      if (left.length) this.demanded.set(need, left)
      else this.forget(need)
    }
    return gone
  }

  /** Nothing wants this any more, so what was said to it goes, too. A witness stays: they are there. */
  forget (need) {
    this.demanded.delete(need)
    for (const pair of [...this.declined]) if (pair.startsWith(`${need} `)) this.declined.delete(pair)
    if (need !== 'witness') delete this.facts[fact(need)]
  }

  /** Write an answer to its item. Null if the item was taken back meanwhile. */
  sayOf (code, what, answer) {
    const row = this.rowOf(code)
    if (!row) return null
    this.items[row - 1] = { ...this.items[row - 1], [what]: answer }
    return this.items[row - 1]
  }

  /** Change the kind and keep of what was said only what the new kind asks for; the items that lost something. */
  become (kind) {
    const before = this.rules.target
    this.kind = kind
    this.demanded = new Map()
    this.declined = new Set()
    this.people = this.people.witness ? { witness: this.people.witness } : {}
    const kept = new Set([...this.rules.needs.map(fact), 'witness'])
    // Why or where is said of one kind, and not of the next.
    for (const name of ['reason', 'text', 'to']) kept.delete(name)
    if (before === this.rules.target && (this.to === null || typeOf(this.to) !== 'box')) kept.add('to')
    this.facts = Object.fromEntries(Object.entries(this.facts).filter(([name]) => kept.has(name)))
    return [...this.items].map(item => this.#cleared(item)).filter(Boolean)
  }

  #cleared (item) {
    const wanted = new Set(['seal', ...[...this.rules.each, ...this.rules.may].map(fact)])
    const lost = ITEM_FACTS.filter(what => !wanted.has(what) && item[what] !== undefined)
    return lost.reduce((_, what) => this.sayOf(item.code, what, undefined), null)
  }

  #has (need, code) {
    if (!OF_AN_ITEM.has(need)) return fact(need) in this.facts
    return this.items.some(item => item.code === code && item[fact(need)] !== undefined)
  }

  /** The act with these items, as the dialogue knows it: what is not said is left out. */
  draft (operator, occurred, items) {
    return { kind: this.actKind, operator, ...this.facts, occurred, items: items.map(said) }
  }
}

function said (item) {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined))
}

/** A date back as typed, as `YYYY-MM-DDTHH:MM`, or null when it is no date. `at` is in seconds since 1970, UTC. */
export function dueBack (text, at) {
  const trimmed = text.trim()
  if (/^[0-9]{1,3}$/.test(trimmed)) {
    const today = new Date(at * 1000)
    const day = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + Number(trimmed)))
    return `${day.toISOString().slice(0, 10)}T23:59`
  }
  const gap = trimmed.indexOf(' ')
  const found = isoDay(gap < 0 ? trimmed : trimmed.slice(0, gap))
  const clock = gap < 0 ? '' : trimmed.slice(gap + 1)
  if (found === null || !/^(|([01][0-9]|2[0-3]):[0-5][0-9])$/.test(clock)) return null
  return `${found}T${clock || '23:59'}`
}

function isoDay (text) {
  const iso = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/.exec(text)
  const british = /^([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{4})$/.exec(text)
  if (!iso && !british) return null
  const [year, month, day] = iso ? iso.slice(1).map(Number) : british.slice(1).map(Number).reverse()
  const made = new Date(0)
  made.setUTCFullYear(year, month - 1, day)
  // A 30th of February rolls over into March: then it was no date.
  const real = year >= 1 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day
  return real ? made.toISOString().slice(0, 10) : null
}
