import type { NumberType } from './number.ts'

/** What the words around a number say: `特許第4567890号`, `U.S. Pat. No. 1,234,567`, `特開平8-7001`. */
export type Worded = { text: string; office: string | undefined; type: NumberType | undefined }

/** Takes the known words out of a cleaned text. Unknown words stay, so that what is no number does not become one. */
export function readWords(cleaned: string): Worded {
  if (beyondAscii.test(cleaned) && japanese.test(cleaned)) return readJapaneseWords(cleaned)
  if (latinWord.test(cleaned)) return readEnglishWords(cleaned)
  return { text: cleaned, office: undefined, type: undefined }
}

function readJapaneseWords(cleaned: string): Worded {
  const found: Found = { country: undefined, implied: undefined, type: undefined, rank: 0, utility: false }
  const text = cleaned.replace(japaneseWords, (word) => {
    const meaning = japaneseMeanings.get(word)
    if (meaning === undefined) return separatingWords.has(word) ? '-' : ''
    note(found, meaning)
    return ''
  })
  return { text: latinWord.test(text) ? text.replace(englishWord, dropEnglish) : text, ...outcome(found) }
}

function readEnglishWords(cleaned: string): Worded {
  const found: Found = { country: undefined, implied: undefined, type: undefined, rank: 0, utility: false }
  const text = cleaned.replace(unitedStates, 'US ').replace(englishWord, (word) => {
    const bare = word.replace(/\.$/, '')
    const meaning = englishMeanings.get(bare)
    if (meaning !== undefined) {
      if (meaning.utility === true) found.utility = true
      note(found, meaning)
      return ''
    }
    return dropEnglish(word)
  })
  const { office, type } = outcome(found)
  return { text, office, type: found.utility ? utilityOf(type) : type }
}

type Meaning = { office?: string; implies?: string; type?: NumberType; rank?: number; utility?: boolean }
type Found = {
  country: string | undefined
  implied: string | undefined
  type: NumberType | undefined
  rank: number
  utility: boolean
}

// A word that says more wins over one that says less, whichever comes first: 特許公報 特開2009-1234.
function note(found: Found, meaning: Meaning): void {
  if (meaning.office !== undefined) found.country = meaning.office
  if (meaning.implies !== undefined) found.implied = meaning.implies
  const rank = meaning.rank ?? 2
  if (meaning.type === undefined || rank < found.rank) return
  found.type = meaning.type
  found.rank = rank
}

function outcome(found: Found): { office: string | undefined; type: NumberType | undefined } {
  return { office: found.country ?? found.implied, type: found.type }
}

function utilityOf(type: NumberType | undefined): NumberType {
  if (type === 'application') return 'utility_model_application'
  if (type === 'publication') return 'utility_model_publication'
  if (type === 'examined_publication') return 'utility_model_examined_publication'
  return 'utility_model_grant'
}

function dropEnglish(word: string): string {
  const bare = word.replace(/\.$/, '')
  const era = englishEras.get(bare)
  if (era !== undefined) return era
  return fillers.has(bare) ? '' : word
}

const beyondAscii = /[^\x20-\x7e]/
const japanese = /[\u3041-\u30ff\u3400-\u9fff]/
const latinWord = /[A-Z]{3}|U\. ?S|[ .]NO\b|\bNO\.|#/

const countries = {
  JP: '日本国 日本',
  US: '米国 アメリカ合衆国 アメリカ',
  EP: '欧州 ヨーロッパ',
  CN: '中国 中華人民共和国',
  KR: '韓国 大韓民国',
  TW: '台湾',
  DE: '独国 ドイツ',
  GB: '英国 イギリス',
  FR: '仏国 フランス',
  CA: 'カナダ',
  AU: '豪州 オーストラリア',
}

// Rank 3: the series itself. Rank 2: a phrase that names a kind of document. Rank 1: 特許 and 公報, which stand anywhere.
const phrases: readonly (readonly [NumberType, number, string])[] = [
  ['application', 3, '特願 特許願'],
  ['application', 2, '特許出願 国際特許出願 出願番号 出願'],
  ['publication', 3, '特開 特表'],
  ['publication', 2, '特許出願公開 特許公開 公開特許公報 公開特許 特許出願公表 公表特許公報 公開公報 公開番号 公開'],
  ['examined_publication', 3, '特公 特告'],
  ['examined_publication', 2, '特許出願公告 特許公告 出願公告 公告番号'],
  ['republication', 3, '再公表特許公報 再公表特許 再公表 再表'],
  ['grant', 2, '登録特許 特許番号 登録番号'],
  ['grant', 1, '特許公報 特許権 特許 登録'],
  ['reissue', 2, '再発行特許'],
  ['plant', 2, '植物特許'],
  ['utility_model_application', 3, '実願 実用新案登録願 実用新案登録出願 実用新案出願'],
  ['utility_model_publication', 3, '実開 実全 実表 実用新案出願公開 公開実用新案公報 公開実用新案'],
  ['utility_model_examined_publication', 3, '実公 実告 実用新案出願公告 実用新案公告'],
  ['utility_model_grant', 3, '実登 登実 登録実用新案公報 登録実用新案 実用新案登録 実用新案'],
  ['design_application', 3, '意願 意匠登録願 意匠登録出願'],
  ['design', 3, '意登 意匠登録 意匠'],
]

const japaneseMeanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...phrases.flatMap(([type, rank, words]) =>
    words.split(' ').map((word) => [word, { type, rank, implies: 'JP' }] as const),
  ),
  ...Object.entries(countries).flatMap(([office, words]) =>
    words.split(' ').map((word) => [word, { office }] as const),
  ),
  ['国際公開', { office: 'WO', type: 'publication', rank: 3 }],
  ['国際出願', { office: 'WO', type: 'application', rank: 3 }],
])

const separatingWords = new Set(['第', '年'])
const japaneseFillers = ['パンフレット', '【', '】', '公報', '明細書', '番号', '番', '号', '號', 'の', ':']

const japaneseWords = new RegExp(
  [...japaneseMeanings.keys(), ...separatingWords, ...japaneseFillers].sort((a, b) => b.length - a.length).join('|'),
  'g',
)

const unitedStates = /\bU\. ?S\.?(?:A\.)?(?![A-Z])/g
const englishWord = /\b[A-Z]{2,}\b\.?|#/g

const englishMeanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['JAPANESE', { office: 'JP' }],
  ['JAPAN', { office: 'JP' }],
  ['AMERICAN', { office: 'US' }],
  ['USA', { office: 'US' }],
  ['EUROPEAN', { office: 'EP' }],
  ['CHINESE', { office: 'CN' }],
  ['KOREAN', { office: 'KR' }],
  ['GERMAN', { office: 'DE' }],
  ['BRITISH', { office: 'GB' }],
  ['FRENCH', { office: 'FR' }],
  ['TAIWANESE', { office: 'TW' }],
  ['CANADIAN', { office: 'CA' }],
  ['AUSTRALIAN', { office: 'AU' }],
  ['INTERNATIONAL', { implies: 'WO' }],
  ['WIPO', { implies: 'WO' }],
  ['USSN', { office: 'US', type: 'application' }],
  ['TOKUGAN', { implies: 'JP', type: 'application', rank: 3 }],
  ['TOKKAI', { implies: 'JP', type: 'publication', rank: 3 }],
  ['TOKUHYO', { implies: 'JP', type: 'publication', rank: 3 }],
  ['KOKAI', { implies: 'JP', type: 'publication', rank: 3 }],
  ['KOHYO', { implies: 'JP', type: 'publication', rank: 3 }],
  ['TOKKO', { implies: 'JP', type: 'examined_publication', rank: 4 }],
  ['KOKOKU', { implies: 'JP', type: 'examined_publication', rank: 4 }],
  ['EXAMINED', { type: 'examined_publication', rank: 4 }],
  ['UNEXAMINED', { type: 'publication', rank: 4 }],
  ['LAID', { type: 'publication', rank: 3 }],
  ['PUBLICATION', { type: 'publication', rank: 3 }],
  ['PUBLISHED', { type: 'publication', rank: 3 }],
  ['PUB', { type: 'publication', rank: 3 }],
  ['PUBL', { type: 'publication', rank: 3 }],
  ['APPLICATION', { type: 'application' }],
  ['APPLN', { type: 'application' }],
  ['APPL', { type: 'application' }],
  ['APP', { type: 'application' }],
  ['GRANT', { type: 'grant' }],
  ['GRANTED', { type: 'grant' }],
  ['REGISTRATION', { type: 'grant' }],
  ['DESIGN', { type: 'design' }],
  ['UTILITY', { utility: true }],
  ['REISSUE', { type: 'reissue' }],
  ['PLANT', { type: 'plant' }],
])

const englishEras = new Map([
  ['HEI', 'H'],
  ['HEISEI', 'H'],
  ['SHO', 'S'],
  ['SHOWA', 'S'],
])

const fillers = new Set(
  '# PATENT PATENTS PAT NO NOS NUMBER NUM SERIAL SER MODEL OPEN DISCLOSURE DOCUMENT SPECIFICATION THE OF'.split(' '),
)
