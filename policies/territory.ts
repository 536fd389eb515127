/**
 * Where a right of an office may have effect (WIPO ST.3 codes). Wide on purpose: a state that joined a regional
 * system late or left it early counts as covered, since saying that no permission is needed is the costly mistake.
 */
export function rightReaches(office: string, country: string): boolean {
  if (office === country || office === 'WO' || country === 'WO') return true
  const region = regions.get(office)
  if (region !== undefined) return region.has(country)
  // A region as the place of research may be any of its countries.
  const asked = regions.get(country)
  if (asked !== undefined) return asked.has(office)
  const dependent = dependentTerritories.get(office)
  if (dependent !== undefined) return dependent.has(country)
  return !countries.has(office)
}

/** Whether the code is a country, a territory or a regional office that this table knows. */
export function isKnownPlace(country: string): boolean {
  return country === 'WO' || countries.has(country) || regions.has(country)
}

function codes(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}

/** ISO 3166-1 alpha-2, which ST.3 follows for states, with XK for Kosovo. */
const countries = codes(
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
    'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR ' +
    'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
    'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT ' +
    'MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
    'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ ' +
    'UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW',
)

const frenchTerritories = 'BL GF GP MF MQ NC PF PM RE TF WF YT'
const dutchTerritories = 'BQ CW SX'

/** Territories to which the right of the office extends without an act of their own. */
const dependentTerritories: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['AU', codes('CC CX HM NF')],
  ['DK', codes('FO GL')],
  ['FI', codes('AX')],
  ['FR', codes(frenchTerritories)],
  ['GB', codes('IM')],
  ['NL', codes(dutchTerritories)],
  ['NO', codes('BV SJ')],
  ['NZ', codes('TK')],
  ['US', codes('AS GU MP PR UM VI')],
])

const regions: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  // European Patent Convention: contracting, extension (BA) and validation states, with their territories.
  [
    'EP',
    codes(
      'AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC ME MK MT NL NO PL PT RO RS SE SI SK SM TR ' +
        `BA CR GE KH LA MA MD TN AX FO GL IM ${frenchTerritories} ${dutchTerritories}`,
    ),
  ],
  // Eurasian Patent Organization, with Moldova (member until 2012).
  ['EA', codes('AM AZ BY KG KZ MD RU TJ TM')],
  // ARIPO: parties to the Harare Protocol and the other members.
  ['AP', codes('BW CV GH GM KE LR LS MU MW MZ NA RW SC SD SL SO ST SZ TZ UG ZM ZW')],
  // OAPI
  ['OA', codes('BF BJ CF CG CI CM GA GN GQ GW KM ML MR NE SN TD TG')],
  // Patent Office of the Gulf Cooperation Council.
  ['GC', codes('AE BH KW OM QA SA')],
])
