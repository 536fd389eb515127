/**
 * The key under which spellings of one name meet. Compatibility forms (㈱, full width) are made plain, letters small,
 * accents of Latin letters, spaces and marks go, old forms of common kanji become the present ones. Legal forms go that
 * do not tell two organisations of one name apart in practice: those of companies limited by shares (株式会社, ㈱, Co.,
 * Ltd., Inc., Corp., GmbH …), those of public corporations (国立大学法人, 国立研究開発法人, 独立行政法人 …), and a
 * leading "The". Others (財団法人, 有限会社, 学校法人 …) stay, in one spelling each: 日本総合研究所 is a 株式会社 and a
 * 財団法人, and these are two.
 * A name that is nothing but a legal form is its own key. Names beyond 1,000 characters are cut there.
 */
export function nameKeyOf(name: string): string {
  const plain = presentForms(latinBare(name.slice(0, nameCharactersMax).normalize('NFKC').toLowerCase()))
  const words = latinWords(plain)
  const joined = words.join('')
  return withoutJapaneseForms(joined) || joined
}

/** Longer than any name in a register; what comes after tells nothing more. */
const nameCharactersMax = 1000

function latinBare(text: string): string {
  return text.replace(/[\u00c0-\u024f\u1e00-\u1eff]/g, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
}

function presentForms(text: string): string {
  return text.replace(/[應學國澤濱邊邉齋齊髙﨑鐵眞廣會醫藥變實]/g, (old) => kanji.get(old) ?? old)
}

const kanji: ReadonlyMap<string, string> = new Map([
  ['應', '応'],
  ['學', '学'],
  ['國', '国'],
  ['澤', '沢'],
  ['濱', '浜'],
  ['邊', '辺'],
  ['邉', '辺'],
  ['齋', '斎'],
  ['齊', '斉'],
  ['髙', '高'],
  ['﨑', '崎'],
  ['鐵', '鉄'],
  ['眞', '真'],
  ['廣', '広'],
  ['會', '会'],
  ['醫', '医'],
  ['藥', '薬'],
  ['變', '変'],
  ['實', '実'],
])

/** Words between spaces and marks, without "the" before and Western legal forms before and after. */
function latinWords(text: string): string[] {
  const words = text
    .replace(/[.'’‘`]/g, '')
    .replaceAll('&', ' and ')
    .replace(
      /\((株|有|同|資|名|国|公|独|地独|国研|大共|学|財|社|一財|公財|一社|公社|医|福|特非)\)/g,
      (form) => ` ${abbreviated.get(form) ?? form} `,
    )
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
  let from = words[0] === 'the' && words.length > 1 ? 1 : 0
  for (const form of formsBefore)
    if (words.length - from > form.length && form.every((word, at) => words[from + at] === word)) from += form.length
  let to = words.length
  while (to - from > 1 && formsAfter.has(words[to - 1] ?? '') && words[to - 2] !== 'and') to -= 1
  return words.slice(from, to)
}

/** As spreadsheets of IP offices shorten them. */
const abbreviated: ReadonlyMap<string, string> = new Map([
  ['(株)', '株式会社'],
  ['(有)', '有限会社'],
  ['(同)', '合同会社'],
  ['(資)', '合資会社'],
  ['(名)', '合名会社'],
  ['(国)', '国立大学法人'],
  ['(公)', '公立大学法人'],
  ['(独)', '独立行政法人'],
  ['(地独)', '地方独立行政法人'],
  ['(国研)', '国立研究開発法人'],
  ['(大共)', '大学共同利用機関法人'],
  ['(学)', '学校法人'],
  ['(財)', '財団法人'],
  ['(社)', '社団法人'],
  ['(一財)', '一般財団法人'],
  ['(公財)', '公益財団法人'],
  ['(一社)', '一般社団法人'],
  ['(公社)', '公益社団法人'],
  ['(医)', '医療法人'],
  ['(福)', '社会福祉法人'],
  ['(特非)', '特定非営利活動法人'],
])

const formsBefore: readonly (readonly string[])[] = [
  ['national', 'university', 'corporation'],
  ['public', 'university', 'corporation'],
  ['inter', 'university', 'research', 'institute', 'corporation'],
  ['national', 'research', 'and', 'development', 'agency'],
  ['incorporated', 'administrative', 'agency'],
  ['kabushiki', 'kaisha'],
  ['kabushikikaisha'],
  ['kk'],
]

const formsAfter: ReadonlySet<string> = new Set(
  (
    'inc incorporated corp corporation co company ltd limited llc plc kk kabushiki kaisha kabushikikaisha ' +
    'gmbh mbh ag sa sas sarl srl spa nv bv ab oy oyj aps pty pte lp llp'
  ).split(' '),
)

/** Stripped before and after. Longer forms come before those that they contain. */
const formsThatGo = [
  '株式会社',
  '大学共同利用機関法人',
  '国立大学法人',
  '公立大学法人',
  '国立研究開発法人',
  '地方独立行政法人',
  '独立行政法人',
  '股份有限公司',
  '有限责任公司',
  '有限公司',
]

/** Kept, in one spelling: the forms before and after the reform of 2008 are one organisation. */
const formsThatStay: readonly (readonly [string, string])[] = [
  ['一般財団法人', '財団法人'],
  ['公益財団法人', '財団法人'],
  ['一般社団法人', '社団法人'],
  ['公益社団法人', '社団法人'],
  ['特定非営利活動法人', 'npo法人'],
]

function withoutJapaneseForms(text: string): string {
  let bare = text
  for (const form of formsThatGo) {
    if (bare.startsWith(form)) bare = bare.slice(form.length)
    if (bare.endsWith(form)) bare = bare.slice(0, -form.length)
  }
  for (const [form, one] of formsThatStay) if (bare.startsWith(form)) return one + bare.slice(form.length)
  return bare
}
