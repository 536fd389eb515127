/**
 * Whether a name has the sign of an organisation: a legal form, or a word that only organisations bear, in Latin, Cyrillic,
 * Japanese, Chinese or Korean letters. A name without one may be a person's, and a person never becomes a public record
 * unasked; that some companies are asked about as well is the price. So no 市, 町 or 村, with which family names end; no
 * two letters (AG, SA, Se), which are initials and syllables of names too. Linear; names are capped by the readers.
 */
export function hasSignOfOrganisation(name: string): boolean {
  const text = latinBare(name.normalize('NFKC').toLowerCase())
  if (unnamedOthers.test(text)) return false
  if (han.test(text) || korean.test(text) || katakana.test(condensed(text)) || japaneseInc.test(text)) return true
  if (cyrillic.test(text) || stems.test(text) || initialism.test(text)) return true
  const parts = text.split(/[^\p{L}\p{M}]+/u).filter((part) => part !== '')
  const [only] = parts
  if (only !== undefined && parts.length === 1 && acronyms.has(only)) return true
  return parts.some((part) => words.has(part)) || parts.filter((part) => alsoFamilyNames.has(part)).length > 1
}

/** `ほか2名`, `外1社`: owners that are counted, not named. */
const unnamedOthers = /^(?:ほか|他|外) ?\d{1,3} ?(?:名|人|社|者|機関|大学)?$/

function latinBare(text: string): string {
  return text
    .replace(/[\u00c0-\u024f\u1e00-\u1eff]/g, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
    .replaceAll('\u0307', '')
}

/** Katakana without small letters, marks and long sounds, which files write in many ways: コ−ポレイシヨン, コーポレーション. */
function condensed(text: string): string {
  return text
    .replace(/[ァィゥェォッャュョヴ]/g, (small) => large.get(small) ?? small)
    .replace(/[\sー\-−‐‑–—・=,.、。]/g, '')
}

const large: ReadonlyMap<string, string> = new Map(
  [...'ァィゥェォッャュョヴ'].map((small, i) => [small, 'アイウエオツヤユヨブ'.charAt(i)]),
)

/** Two letters before those words that are Chinese given names as well: 王学会, 李大学. */
const han =
  /会社|會社|法人|..大[学學]|高専|高等専門学校|..[学學]校|学園|..[学學]院|研究|機構|センター|病院|医院|公社|公団|公庫|事業団|財団|財團|社団|組合|協会|協議会|振興会|..連合|連盟|..[学學]会|委員会|委員會|委员会|[務学働産通境衛部蔵設輸政生]省$|庁$|^(?:東京都|北海道|京都府|大阪府|..県|神奈川県|和歌山県|鹿児島県)$|^国$|政府|銀行|银行|工業|産業|製作所|製薬|薬品|電機|電気|電子|電力|化学|化成|製鉄|鉄鋼|金属|重工|自動車|食品|印刷|通信|商事|ホールディングス|グループ|株\)|\(株|有\)|\(有|公司|企业|有限[会公责責股]|集团|集團|[实実]验室|實驗室|科[学學]技[术術]|科[学學]院|科研中心|..中心$|管道厂|[机電电]厂$|産學協力|校产学/

/** Persons have two to four syllables: words that a name could hold are asked for only in longer ones. */
const korean =
  /주식회사|유한회사|책임회사|\(주\)|\(유\)|법인|대학교|과학기술원|연구원|연구소|기술원|협력단|가[부브]시[끼키기]|카부시[끼키]|[가카]이샤|리미티드|인코[포퍼]레|코[포퍼]레이|인크\.|[컴캄][퍼페파]니|엘엘[씨시]|엘티디|게엠베하|유니버시티|위니베르|다이[가까][쿠꾸]|인스티튜트|테크놀[로러]|사이언[시스]|아카데미|리[전젠]츠|파텐트|홀딩스|시스템즈|이노베이|엔터프라이즈|오퍼레이|머터리얼|머티리얼|나쇼날|나시오날|푼다시온|소시에떼|\S{3}(?:전자|화학|산업|공업|전기|은행|재단|협회|학회)/

const katakana =
  /コポレ|カポレ|リミテツド|リミテイド|カンパニ|コンパニ$|エルエルシ|ゲエムベハ|ゲゼルシヤフト|インステイ[テチ]ユ|ユニバシテ|ユニブアシテ|ユニベルシテ|ユニブエルシテ|ウニベルシ|ウニブエルシ|アカデミ|ソシエ[テタダ]|ソチエタ|コミツ?サリア|ホルデイング|テクノロジ|システムズ|リサチ|ラボラトリ|フアウンデシヨン|フンダ[シツ]|リジエン[ツト]|ナシヨナル|ナシオナル|ナスイオナル|ナシヨネル|コンセホ|カウンシル|ガバメント|インダストリ|エレクトロニ|ケミカル|エンジニアリング|サイエンス|サイエンテイ|シアンテイフ|シヨンテイフ|スイアンテイフ|シヤンテイフ|メデイカル|ロボテイクス|サジカル|セミコンダクタ|オペレシヨンズ|パテンツ|オトモテイブ|ハンデルス/

/** インク as a word of its own at the end: Inc. */
const japaneseInc = /[\s・,、]インク[.。]?$/

const cyrillic =
  /институт|інститут|университ|академи|обществ|учрежден|предприяти|корпораци|компани|федерал|федерация|государствен|министерств|технолодж|кабусики|(?:^|[^\p{L}])(?:центр|инк|лтд|гмбх|ооо|оао|зао|нии)(?![\p{L}])/u

/** Also within longer words, as German, Russian and Turkish write them. */
const stems =
  /universi|institu|istitut|laborator|technolog|teknoloji|polytech|politehn|hochschul|gesellsch|forschung|forskning|aktieng|anstalt|academ|akademi|commissariat|gakuen|daigaku|kenkyu|obshch|uchrezhden|predpri|gosudarstv|aktsioner|federaln|sirketi|vidyapeeth|research|scienti|sciences?\b|air force|represented by/

/** 3M, A123, AT&T; a digit or & elsewhere may be a slip of the pen, or stand between two people. */
const initialism = /^(?=[a-z]*\d)[a-z\d]{2,8}$|^[a-z]{1,3}&[a-z]{1,3}$/

/** Legal forms of many countries, and what stands in names of organisations only. */
const words: ReadonlySet<string> = new Set(
  (
    'inc incorporated corp corporation company ltd limited llc llp plc kabushiki kaisha kabushikikaisha yugen goshi godo ' +
    'gmbh mbh kgaa sarl srl oyj aps pty pte bhd berhad sdn ooo oao anonyme anonim societe sociedad societa corporacion ' +
    'univ inst lab labs academy hospital clinic center centre centro council conseil consejo agency agence agencia ministry ' +
    'ministere ministerium department government states republic commission authority administration secretary regents ' +
    'trustees foundation fondation fundacion fondazione stiftung society association verein holdings ventures national ' +
    'nationale nacional army navy operations telegraph telephone works systems solutions software networks ' +
    'motors electric electronics electronic chemical chemicals metals mining energy railway heavy industry industries ' +
    'industrial manufacturing semiconductor pharma pharmaceutical pharmaceuticals therapeutics biosciences biologics ' +
    'biotech medical devices materials ustav fellows seisakusho denryoku gijutsuin'
  ).split(' '),
)

/** Two of these make an organisation; one alone is a family name too: Power, Steel, Bank, Bureau. */
const alsoFamilyNames: ReadonlySet<string> = new Set(
  'power steel bank bureau board trust college school office state group partners holding gas oil foods motor system co kk'.split(
    ' ',
  ),
)

/** Known by their letters; as the whole of a name they are no person's, though some are family names. */
const acronyms: ReadonlySet<string> = new Set(
  'cnrs inserm cea csic cnr csiro mit nasa nict aist riken jaxa jst nims qst eth epfl kaist postech etri kist ibm basf onera'.split(
    ' ',
  ),
)
