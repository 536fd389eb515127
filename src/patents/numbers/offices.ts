/** True for a WIPO ST.3 code of an office, past ones included, that numbers are written with. */
export function isOffice(code: string): boolean {
  return offices.has(code)
}

/** The office that a two-letter prefix means: itself, or the right code for the two that are often mistaken. */
export function officeOf(code: string): string | undefined {
  if (code === 'EU') return 'EP'
  if (code === 'UK') return 'GB'
  return offices.has(code) ? code : undefined
}

/** Name of a country as it stands before 特許 in Japanese, when it is in common use. */
export function japaneseNameOf(office: string): string | undefined {
  return japaneseNames.get(office)
}

const offices = new Set(
  (
    'AD AE AF AG AL AM AN AO AP AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BX BY BZ CA CD CF CG CH ' +
    'CI CL CM CN CO CR CS CU CV CW CY CZ DD DE DJ DK DM DO DZ EA EC EE EG EM EP ER ES ET FI FJ FR GA GB GC GD GE GH GM ' +
    'GN GQ GR GT GW GY HK HN HR HT HU IB ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK ' +
    'LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OA OM PA PE PG ' +
    'PH PK PL PT PW PY QA QZ RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR ST SU SV SY SZ TD TG TH TJ TM TN TO TR ' +
    'TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WO WS XN XU XV XX YE YU ZA ZM ZR ZW'
  ).split(' '),
)

const japaneseNames = new Map([
  ['US', '米国'],
  ['EP', '欧州'],
  ['CN', '中国'],
  ['KR', '韓国'],
  ['TW', '台湾'],
  ['DE', '独国'],
  ['GB', '英国'],
  ['FR', '仏国'],
])
