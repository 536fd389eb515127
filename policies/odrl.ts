import type { Terms, TermsTags } from './terms.ts'
import { beneficiary, mode, type Purpose, purpose, type Rule, type Text } from './vocabulary.ts'

/** Where the words of the profile live: `<base>/ns/research#basic_research`. `base` has no slash at its end. */
export function profileIri(base: string): string {
  return `${base}/ns/research#`
}

/**
 * A terms version as an ODRL 2.2 Offer in JSON-LD (W3C Recommendation, 2018). The assigner is any holder that declares,
 * the target the patents listed in its declaration; give both to get the offer of one declaration.
 * `allow` is a permission, `ask` a permission with the duty to obtain consent first, `deny` a prohibition.
 * DUO terms are close matches only: DUO speaks of data.
 */
export function odrlOffer(terms: Terms, options: { base: string; assigner?: string; target?: string }) {
  const { tags } = terms
  const { base } = options
  const denied = purposesThat(tags, ['deny'])
  return {
    '@context': [
      'http://www.w3.org/ns/odrl.jsonld',
      {
        research: profileIri(base),
        skos: 'http://www.w3.org/2004/02/skos/core#',
        dct: 'http://purl.org/dc/terms/',
        obo: 'http://purl.obolibrary.org/obo/',
      },
    ],
    '@type': 'Offer',
    uid: `${base}/v1/terms/${terms.id}`,
    profile: profileIri(base),
    conflict: 'prohibit',
    assigner: options.assigner ?? { '@type': 'PartyCollection', uid: `${profileIri(base)}DeclaringHolders` },
    target: options.target ?? { '@type': 'AssetCollection', uid: `${profileIri(base)}ListedPatents` },
    'dct:title': inBoth(terms.title),
    'dct:issued': terms.publishedOn,
    'dct:identifier': terms.id,
    'research:sha256': terms.sha256,
    permission: [...permissions(tags), permissionByConsent(tags)],
    prohibition: [
      ...(denied.length === 0 ? [] : [{ action: 'use', constraint: [anyOf('purpose', denied)] }]),
      { action: 'grantUse' },
      { action: 'sell' },
    ],
    'skos:closeMatch': duoCloseMatches(tags).map((code) => ({ '@id': `obo:${code}` })),
  }
}

/** What the terms allow as they stand: by whether a grant is needed, and evaluation apart for its time limit. */
function permissions(tags: TermsTags) {
  const months = tags.evaluationMonthsMax.value
  const allowed = purposesThat(tags, ['allow']).filter((value) => value !== 'evaluation' || months === null)
  const withoutGrant = allowed.filter((value) => tags.purposes[value].grant === 'recommended')
  const withGrant = allowed.filter((value) => tags.purposes[value].grant === 'required')
  const elapsed = {
    leftOperand: 'elapsedTime',
    operator: 'lteq',
    rightOperand: { '@value': `P${months}M`, '@type': 'http://www.w3.org/2001/XMLSchema#duration' },
  }
  return [
    ...(withoutGrant.length === 0 ? [] : [permission(tags, withoutGrant, [], [])]),
    ...(withGrant.length === 0 ? [] : [permission(tags, withGrant, [], [holdGrant])]),
    ...(months === null || tags.purposes.evaluation.rule !== 'allow'
      ? []
      : [permission(tags, ['evaluation'], [elapsed], [holdGrant])]),
  ]
}

const holdGrant = { action: 'research:holdGrant' }

function permission(
  tags: TermsTags,
  purposes: readonly Purpose[],
  limits: readonly object[],
  duties: readonly { action: string }[],
) {
  return {
    action: 'use',
    constraint: [
      anyOf('purpose', purposes),
      anyOf(
        'research:beneficiary',
        beneficiary.options.filter((value) => tags.beneficiaries[value].rule === 'allow'),
      ),
      anyOf(
        'research:mode',
        mode.options.filter((value) => tags.modes[value].rule === 'allow'),
      ),
      ...(tags.inventorOnly.value ? [mustHold('research:inventor')] : []),
      ...(tags.reciprocity.value === 'none' ? [] : [mustHold('research:holdsDeclaration')]),
      ...(tags.suspendedWhileAsserting.value ? [mustHold('research:assertsNoPatent')] : []),
      ...tags.researchStage.value.map((test) => mustHold(`research:${test}`)),
      ...limits,
    ],
    duty: [
      ...duties,
      { action: 'attribute', 'research:statement': inBoth(tags.attribution.value) },
      ...(tags.report.value === 'none' ? [] : [{ action: 'inform', 'research:report': tags.report.value }]),
    ],
  }
}

function permissionByConsent(tags: TermsTags) {
  const users = beneficiary.options.filter((value) => tags.beneficiaries[value].rule !== 'deny')
  return {
    action: 'use',
    constraint: [anyOf('purpose', purposesThat(tags, ['allow', 'ask'])), anyOf('research:beneficiary', users)],
    duty: [{ action: 'obtainConsent' }],
  }
}

function purposesThat(tags: TermsTags, rules: readonly Rule[]): Purpose[] {
  return purpose.options.filter((value) => rules.includes(tags.purposes[value].rule))
}

function anyOf(leftOperand: string, values: readonly string[]) {
  return { leftOperand, operator: 'isAnyOf', rightOperand: values.map((value) => ({ '@id': `research:${value}` })) }
}

function inBoth(text: Text) {
  return [
    { '@value': text.ja, '@language': 'ja' },
    { '@value': text.en, '@language': 'en' },
  ]
}

/** A condition of the profile that must hold. */
function mustHold(leftOperand: string) {
  return {
    leftOperand,
    operator: 'eq',
    rightOperand: { '@value': 'true', '@type': 'http://www.w3.org/2001/XMLSchema#boolean' },
  }
}

/** DUO terms near to what the tags say. NPU is about who, NCU about what: separate axes here as there. */
function duoCloseMatches(tags: TermsTags): string[] {
  const notForProfitOnly = tags.beneficiaries.company.rule !== 'allow'
  const nonCommercialOnly = tags.purposes.commercial.rule === 'deny'
  const general = tags.purposes.basic_research.rule === 'allow' && tags.purposes.applied_research.rule === 'allow'
  return [
    ...(general ? ['DUO_0000042'] : []),
    ...(notForProfitOnly && nonCommercialOnly ? ['DUO_0000018'] : nonCommercialOnly ? ['DUO_0000046'] : []),
    ...(tags.inventorOnly.value ? ['DUO_0000026'] : []),
    'DUO_0000025',
  ]
}
