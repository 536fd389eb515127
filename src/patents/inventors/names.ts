/** Longer than any printed name; what is longer is not compared. */
const nameCharactersMax = 200
/** More parts than any name has: the orders to try stay few. */
const partsMax = 5

/**
 * Whether two printed names may be of one person: case, width, spaces, accents, the order of the parts and old forms of
 * characters do not matter. It suggests; it never proves.
 */
export function namesMatch(one: string, other: string): boolean {
  const readings = new Set(readingsOf(one))
  return readings.size > 0 && readingsOf(other).some((reading) => readings.has(reading))
}

/** The letters of a name in one order: equal for names that match, so that candidates are found by an index. */
export function nameKey(name: string): string | null {
  const letters = partsOf(name).join('')
  return letters === '' ? null : Array.from(letters).sort().join('')
}

/** The name written without spaces, with its parts from the first on and with each of them moved to the front. */
function readingsOf(name: string): string[] {
  const parts = partsOf(name)
  if (parts.length === 0 || parts.length > partsMax) return []
  return parts.flatMap((part, i) => {
    const others = parts.filter((_, at) => at !== i).join('')
    return [part + others, others + part]
  })
}

function partsOf(name: string): string[] {
  if (name.length > nameCharactersMax) return []
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/['’‘`´‐‑–−-]/g, '')
  const newForms = Array.from(plain, (letter) => newForm.get(letter) ?? letter).join('')
  return newForms.split(/[\s,.、，・]+/).filter((part) => part !== '')
}

/** Old and variant characters that stand in Japanese names, with the form of the 常用漢字表 or the common one. */
const newForm: ReadonlyMap<string, string> = new Map(
  [
    '邊辺 邉辺 齋斎 齊斉 髙高 﨑崎 嵜崎 濱浜 濵浜 澤沢 廣広 國国 櫻桜 龍竜 瀧滝 德徳 惠恵 眞真 榮栄 嶋島 嶌島',
    '萬万 禮礼 與与 壽寿 藏蔵 曾曽 會会 學学 實実 寶宝 將将 條条 淺浅 狹狭 關関 戶戸 靜静',
    '圓円 應応 縣県 顯顕 晝昼 齡齢 鐵鉄 彌弥 豐豊 來来 壯壮 總総 黑黒 𠮷吉 冨富 橫横 綠緑 增増 淸清',
    '槇槙 遙遥 堯尭 槪概 桒桑 舘館 埜野 劍剣 澁渋 莊荘 爲為 圖図 豫予 氣気 佛仏 拜拝 濟済 穗穂',
  ]
    .join(' ')
    .split(' ')
    .map((pair) => Array.from(pair))
    .flatMap(([old, now]) => (old !== undefined && now !== undefined && old !== now ? [[old, now] as const] : [])),
)
