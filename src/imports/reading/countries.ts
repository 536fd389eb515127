/** WIPO ST.3 code of a country or office as lists write it: `JP`, `日本`, `米国`, `USA`, `PCT`, `欧州`. */
export function officeFrom(text: string): string | undefined {
  const plain = text
    .slice(0, 40)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.()・]+/g, '')
  return (
    codes.get(plain) ??
    codes.get(plain.replace(/(?:国|特許|特許庁|出願)$/, '')) ??
    (/^[A-Z]{2}$/.test(plain) ? plain : undefined)
  )
}

const written =
  'JP:日本,国内,JPN,JAPAN,JPO US:米国,アメリカ,アメリカ合衆国,米,USA,UNITEDSTATES,USPTO EP:欧州,ヨーロッパ,EPO,EPC,EUROPE,EU CN:中国,中,CHN,CHINA,中華人民共和国 KR:韓国,韓,KOR,KOREA,大韓民国 TW:台湾,TWN,TAIWAN WO:PCT,国際,国際出願,WIPO,INTERNATIONAL DE:ドイツ,独国,独,DEU,GERMANY GB:英国,イギリス,英,UK,GBR,UNITEDKINGDOM FR:フランス,仏国,仏,FRA,FRANCE IT:イタリア,ITALY CA:カナダ,CANADA AU:オーストラリア,豪州,AUSTRALIA IN:インド,INDIA RU:ロシア,RUSSIA BR:ブラジル,BRAZIL SG:シンガポール,SINGAPORE HK:香港,HONGKONG TH:タイ,THAILAND VN:ベトナム,VIETNAM ID:インドネシア,INDONESIA MY:マレーシア,MALAYSIA PH:フィリピン,PHILIPPINES MX:メキシコ,MEXICO IL:イスラエル,ISRAEL ZA:南アフリカ,SOUTHAFRICA CH:スイス,SWITZERLAND ES:スペイン,SPAIN NL:オランダ,NETHERLANDS SE:スウェーデン,SWEDEN EA:ユーラシア'

const codes: ReadonlyMap<string, string> = new Map(
  written.split(' ').flatMap((entry) => {
    const [code = '', names = ''] = entry.split(':')
    return names.split(',').map((name) => [name, code] as const)
  }),
)
