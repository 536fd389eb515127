/**
 * Whether a name has the sign of an organisation: a legal form, or a word that only organisations bear. A name without one
 * may be a person's, and a person never becomes a public record unasked; that some companies are asked about as well is the
 * price. No 市, 町 or 村, with which family names end as well. Linear; names are capped by the readers.
 */
export function hasSignOfOrganisation(name: string): boolean {
  const text = name.normalize('NFKC').toLowerCase()
  if (unnamedOthers.test(text)) return false
  if (nativeSigns.test(text) || /\d/.test(text) || text.includes('&')) return true
  return text.split(/[^\p{L}\p{M}]+/u).some((word) => words.has(word) || beginnings.some((one) => word.startsWith(one)))
}

/** `ほか2名`, `外1社`: owners that are counted, not named. */
const unnamedOthers = /^(?:ほか|他|外) ?\d{1,3} ?(?:名|人|社|者|機関)?$/

const nativeSigns =
  /会社|法人|大学|高専|高等専門学校|学校|学園|学院|研究|機構|センター|病院|公社|公団|公庫|事業団|財団|社団|組合|協会|協議会|連合|連盟|学会|委員会|.{3}省$|庁$|^(?:東京都|北海道|京都府|大阪府|..県|神奈川県|和歌山県|鹿児島県)$|^国$|政府|銀行|工業|産業|製作所|製薬|薬品|電機|電気|電子|電力|化学|化成|製鉄|鉄鋼|金属|重工|自動車|食品|印刷|通信|商事|ホールディングス|グループ|株\)|\(株|有\)|\(有|公司|企业|有限|集团|研究院|研究所|주식회사|대학교/

/** Legal forms of many countries, and what stands in names of organisations only. */
const words: ReadonlySet<string> = new Set(
  (
    'inc incorporated corp corporation co company cos ltd limited llc llp lp plc kk kabushiki kaisha kabushikikaisha yugen ' +
    'goshi godo gmbh mbh kg kgaa ag se sa sas sarl srl spa nv bv ab oy oyj aps asa pty pte bhd sdn ooo oao pao zao ' +
    'univ college school academy hospital clinic center centre centro council agency ministry ministerium office bureau ' +
    'department government state states kingdom republic commission authority administration secretary regents trustees ' +
    'board foundation fondation stiftung trust society association verein bank group holdings holding partners ventures ' +
    'cnrs inserm cea csic cnr csiro mit nasa nict aist riken jaxa jst nims qst eth epfl kaist postech etri kist ' +
    'motors motor electric electronics electronic chemical chemicals steel metals mining oil gas energy power railway ' +
    'heavy industry industries industrial manufacturing works systems system solutions software networks semiconductor ' +
    'pharma pharmaceutical pharmaceuticals therapeutics biosciences biologics biotech medical devices foods materials'
  ).split(' '),
)
const beginnings = [
  'universi',
  'institu',
  'laborator',
  'research',
  'technolog',
  'scien',
  'polytech',
  'hochschul',
  'gakuen',
  'daigaku',
  'kenkyu',
]
