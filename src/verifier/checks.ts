/** One thing looked at. `passed` is null when it could not be told. `code` is for programs, `text` for people. */
export type Check = {
  name: (typeof said)[CheckCode]['name']
  passed: boolean | null
  code: CheckCode
  text: { ja: string; en: string }
}

export type CheckCode = keyof typeof said

export function check(code: CheckCode): Check {
  const { name, passed, ja, en } = said[code]
  return { name, passed, code, text: { ja, en } }
}

/** True only when every check has passed; null when one could not be made and none has failed. */
export function conclude(checks: readonly { passed: boolean | null }[]): boolean | null {
  if (checks.some(({ passed }) => passed === false)) return false
  return checks.length > 0 && checks.every(({ passed }) => passed === true) ? true : null
}

const said = {
  readable: {
    name: 'readable',
    passed: true,
    ja: '署名付きの許諾証として読めます。',
    en: 'It reads as a signed grant.',
  },
  unreadable: {
    name: 'readable',
    passed: false,
    ja: '許諾証として読めません。トークン全体を貼り付けてください。',
    en: 'It does not read as a grant. Paste the whole token.',
  },
  grant_type: { name: 'type', passed: true, ja: '種類は許諾証です。', en: 'It is a grant by type.' },
  other_type: { name: 'type', passed: false, ja: '別の種類のトークンです。', en: 'It is a token of another type.' },
  issuer_trusted: {
    name: 'issuer',
    passed: true,
    ja: '信頼する発行者のものです。',
    en: 'It names an issuer that is trusted here.',
  },
  issuer_unknown: {
    name: 'issuer',
    passed: null,
    ja: '別の発行者のものなので、ここでは確かめられません。',
    en: 'Another issuer made it; it cannot be checked here.',
  },
  signature_good: {
    name: 'signature',
    passed: true,
    ja: '署名は、公開鍵で確かめられました。',
    en: 'The signature verifies with the published key.',
  },
  signature_wrong: {
    name: 'signature',
    passed: false,
    ja: '署名が正しくありません。内容が変えられたか、発行者のものではありません。',
    en: 'The signature is wrong: it was changed, or is not the issuer’s.',
  },
  key_unknown: {
    name: 'signature',
    passed: null,
    ja: '署名の鍵が、手元の公開鍵の中にありません。公開鍵を取り直してください。',
    en: 'The key is not among the published keys at hand; fetch them again.',
  },
  key_distrusted: {
    name: 'signature',
    passed: null,
    ja: '署名の鍵は信頼できなくなりました。公開記録で確かめてください。',
    en: 'The key is no longer trusted; look into the public log.',
  },
  keys_missing: {
    name: 'signature',
    passed: null,
    ja: '発行者の公開鍵を読めませんでした。',
    en: 'The issuer’s public keys could not be read.',
  },
  within_dates: { name: 'time', passed: true, ja: '有効期間内です。', en: 'It is within its dates.' },
  not_yet: { name: 'time', passed: false, ja: 'まだ始まっていません。', en: 'It has not begun yet.' },
  expired: { name: 'time', passed: false, ja: '有効期間が過ぎています。', en: 'It has expired.' },
  terms_known: {
    name: 'terms',
    passed: true,
    ja: '利用条件の指紋は、公開されたものと一致します。',
    en: 'The terms have the published fingerprints.',
  },
  terms_changed: {
    name: 'terms',
    passed: false,
    ja: '利用条件の指紋が、公開されたものと違います。',
    en: 'The terms do not have the published fingerprints.',
  },
  terms_unknown: {
    name: 'terms',
    passed: null,
    ja: '知られていない利用条件です。',
    en: 'The terms are not known here.',
  },
  status_valid: {
    name: 'status',
    passed: true,
    ja: '取り消されても、停止されてもいません。',
    en: 'It is neither revoked nor suspended.',
  },
  revoked: {
    name: 'status',
    passed: false,
    ja: '取り消されたか、新しい許諾証に替わりました。',
    en: 'It was revoked, or a later grant has taken its place.',
  },
  suspended: { name: 'status', passed: false, ja: '停止されています。', en: 'It is suspended.' },
  status_out_of_range: {
    name: 'status',
    passed: false,
    ja: '状態リストに、この許諾証の場所がありません。',
    en: 'The status list has no such place.',
  },
  status_unknown: {
    name: 'status',
    passed: null,
    ja: '状態リストの値の意味がわかりません。',
    en: 'The status list has a value of unknown meaning.',
  },
  status_stale: {
    name: 'status',
    passed: null,
    ja: '手元の状態リストが古くなっています。取り直してください。',
    en: 'The status list at hand is too old; fetch it again.',
  },
  status_unusable: {
    name: 'status',
    passed: null,
    ja: '状態リストが、発行者の署名したこの許諾証のものではありません。',
    en: 'The status list is not the one that the issuer signed for this grant.',
  },
  status_missing: {
    name: 'status',
    passed: null,
    ja: '状態リストを読めませんでした。取り消されていないかは、わかりません。',
    en: 'The status list could not be read, so whether it was revoked is not known.',
  },
} as const satisfies Readonly<Record<string, { name: string; passed: boolean | null; ja: string; en: string }>>
