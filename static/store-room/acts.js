// Acts as the API takes them: ids, times and the body. The dialogue's drafts have none of these, since they are no rules.

/** A UUIDv7: milliseconds since 1970, then chance. `fill` fills an array of bytes with chance. */
export function uuid7 (now, fill = bytes => crypto.getRandomValues(bytes)) {
  const bytes = fill(new Uint8Array(16))
  for (let at = 0; at < 6; at += 1) bytes[at] = Math.floor(now / 2 ** (8 * (5 - at))) % 256
  bytes[6] = (bytes[6] & 0x0f) | 0x70
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Seconds since 1970 as the API writes time: ISO 8601, UTC, microseconds, Z. */
export function iso (seconds) {
  const whole = Math.floor(seconds)
  const micro = Math.min(999999, Math.round((seconds - whole) * 1e6))
  return `${new Date(whole * 1000).toISOString().slice(0, 19)}.${String(micro).padStart(6, '0')}Z`
}

/** `YYYY-MM-DDTHH:MM` in Europe/London as the API writes time. */
export function fromLondon (local) {
  if (local === null) return null
  const asUtc = Date.parse(`${local}:00Z`)
  // London is never ahead of UTC by anything but nothing or one hour; the earlier guess is right where both hold.
  const meant = [asUtc - 3_600_000, asUtc].find(guess => inLondon(guess) === local) ?? asUtc
  return iso(meant / 1000)
}

function inLondon (ms) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'
  }).formatToParts(ms)
  const of = Object.fromEntries(parts.map(part => [part.type, part.value]))
  return `${of.year.padStart(4, '0')}-${of.month}-${of.day}T${of.hour}:${of.minute}`
}

/** The body of an act. `offsetMs` is server minus device, or null while it could not be measured. */
export function actBody (draft, { seq, offsetMs, newId }) {
  return {
    id: newId(),
    kind: draft.kind,
    device_seq: seq,
    occurred_at: iso(draft.occurred),
    clock_offset_ms: offsetMs,
    operator: draft.operator,
    ...all(draft, ['witness', 'receiver', 'joint', 'to', 'bound_for', 'purpose', 'submission', 'authority']),
    ...all(draft, ['made_safe_by', 'present', 'opened', 'text', 'reason']),
    due_back: fromLondon(draft.due_back ?? null),
    items: draft.items.map(item => ({
      scan: newId(),
      code: item.code,
      occurred_at: iso(item.at),
      method: item.method,
      ...all(item, ['seal', 'new_seal', 'number', 'counted', 'condition'])
    }))
  }
}

/** These members, with null for what was not said. */
function all (said, names) {
  return Object.fromEntries(names.map(name => [name, said[name] ?? null]))
}
