// What a field wants of all that a camera reads: a label of the right kind, or the sentence that says which one.

const NAMES = { E: 'an item', B: 'a box', S: 'a place', P: 'a person', K: 'a command' }

/** The first code among `told` whose letter is one of `kinds`, else why none is: {code} or {code: null, why}. */
export function wanted (told, kinds) {
  const ours = told.filter(read => read.code)
  const fits = ours.find(read => kinds.includes(read.code[0]))
  if (fits) return { code: fits.code }
  if (!ours.length) return { code: null, why: told[0].why }
  const names = [...kinds].map(letter => NAMES[letter]).join(' or ')
  return { code: null, why: `This is the label of ${NAMES[ours[0].code[0]]}: scan that of ${names}.` }
}
