/** What the verify page says, by the server and in the browser alike. */
const ja = {
  title: '許諾証の検証',
  lead: '受け取った許諾証（.jwt）が本物で、今も有効かを確かめます。登録は要りません。',
  token: '許諾証のトークン',
  hint: '貼り付けるか、.jwt ファイルをここに落とします。証明書の短い URL でも探せます。',
  file: 'またはファイルを選ぶ',
  go: '検証する',
  scan: 'QR コードを読む',
  stopScan: '読み取りをやめる',
  noCamera: 'カメラを使えませんでした。URL かトークンを貼り付けてください。',
  loading: '公開鍵と状態リストを読み込んでいます。',
  ready:
    'この画面の中で検証します。公開鍵と状態リストは {time} に読み込みました。通信がなくても、状態リストの期限までは検証できます。',
  partly: '公開鍵はありますが、状態リストを読み込めませんでした。取り消しの有無は確かめられません。',
  empty: '許諾証のトークンを貼り付けてください。',
  answer: '答え',
  valid: '有効',
  notValid: '無効',
  cannotTell: '判定できません',
  validMeans: 'この許諾証は、記載された特許と用途について、今有効です。',
  notValidMeans: 'この許諾証に頼らないでください。理由は下の通りです。',
  cannotTellMeans: '確かめられない点があるため、有効とは言えません。下の点を確かめてください。',
  checks: '確かめたこと',
  passed: '合格',
  failed: '不合格',
  unknown: '不明',
  grant: '許諾証の内容',
  number: '番号',
  grantee: '許諾を受けた人',
  period: '期間',
  dates: '{from}から{until}まで',
  use: '用途',
  patents: '対象の特許',
  terms: '利用条件',
  others: '他のシステムで検証する',
  module:
    '同じ検証を、小さな ES モジュール一つで組み込めます。Node、Workers、ブラウザーで動き、与えた関数のほかに通信はしません。',
  vectors: 'テスト用のトークンは tests/vectors/tokens.json にあります。モジュールの SHA-256 は次のとおりです。',
  api: 'API で検証する',
  readable: '形式',
  type: '種類',
  issuer: '発行者',
  signature: '署名',
  time: '期間',
  status: '状態',
  on_record: '記録',
  superseded: '後継',
} as const

const en: Record<keyof typeof ja, string> = {
  title: 'Verify a grant',
  lead: 'See whether a grant (.jwt) that you were given is genuine and holds now. No account is needed.',
  token: 'The grant’s token',
  hint: 'Paste it, or drop a .jwt file here. The short URL of a certificate leads to its page.',
  file: 'Or choose a file',
  go: 'Verify',
  scan: 'Scan a QR code',
  stopScan: 'Stop scanning',
  noCamera: 'The camera could not be used. Paste the URL or the token.',
  loading: 'Loading the public keys and the status list.',
  ready:
    'Verification happens on this page. Keys and status list were loaded at {time}; until the status list runs out it works without a connection.',
  partly: 'The keys are here, but the status list could not be loaded: whether a grant was revoked cannot be told.',
  empty: 'Paste the token of a grant.',
  answer: 'Answer',
  valid: 'Valid',
  notValid: 'Not valid',
  cannotTell: 'Cannot tell',
  validMeans: 'The grant holds now, for the patents and the use that it names.',
  notValidMeans: 'Do not rely on this grant. The reason stands below.',
  cannotTellMeans: 'Something could not be checked, so it cannot be called valid. See below what to look into.',
  checks: 'What was checked',
  passed: 'Passed',
  failed: 'Failed',
  unknown: 'Unknown',
  grant: 'What the grant says',
  number: 'Number',
  grantee: 'Granted to',
  period: 'Dates',
  dates: '{from} to {until}',
  use: 'Use',
  patents: 'Patents covered',
  terms: 'Terms',
  others: 'Verify in another system',
  module:
    'The same verification as one small ES module for Node, Workers and browsers. It makes no request but through the functions you give it.',
  vectors: 'Tokens to test with are in tests/vectors/tokens.json. The SHA-256 of the module is:',
  api: 'Verify by the API',
  readable: 'Form',
  type: 'Type',
  issuer: 'Issuer',
  signature: 'Signature',
  time: 'Dates',
  status: 'Status',
  on_record: 'Record',
  superseded: 'Successor',
}

export const verifyWords = { ja, en } as const
export type VerifyWords = Readonly<Record<keyof typeof ja, string>>

/** A verdict as its word, its sentence, and the class that gives it shape and colour. */
export function answerOf(valid: boolean | null, say: VerifyWords): { word: string; means: string; mark: string } {
  if (valid === true) return { word: say.valid, means: say.validMeans, mark: 'allowed' }
  if (valid === false) return { word: say.notValid, means: say.notValidMeans, mark: 'not_allowed' }
  return { word: say.cannotTell, means: say.cannotTellMeans, mark: 'ask' }
}

export function resultOf(passed: boolean | null, say: VerifyWords): { word: string; mark: string } {
  if (passed === true) return { word: say.passed, mark: 'allowed' }
  return passed === false ? { word: say.failed, mark: 'not_allowed' } : { word: say.unknown, mark: 'ask' }
}

/** The name of a check as it is read; one that is not known here stands as it is. */
export function checkName(name: string, say: VerifyWords): string {
  return new Map<string, string>(Object.entries(say)).get(name) ?? name
}

/** The path of the certificate when the text is its short URL (`…/g/0123456789`); its QR code holds nothing else. */
export function certificatePath(text: string, issuer: string): string | undefined {
  const start = `${issuer}/g/`
  const number = text.startsWith(start) ? text.slice(start.length) : ''
  return /^[0-9A-Z]{10}$/.test(number) ? `/g/${number}` : undefined
}
