import type { Language } from './language.ts'

const ja = {
  title: 'API',
  lead: '読むだけなら登録は要りません。次の一行で、特許を照会できます。',
  document: 'OpenAPI 3.1 の文書',
  token: '書き込むには',
  tokenText:
    '機関のクライアントの ID と秘密鍵でアクセストークンを取り、Authorization: Bearer で送ります。有効期間は10分です。操作ごとに必要な scope を示しています。',
  habits: 'どの操作にも共通のこと',
  habit1: 'エラーは RFC 9457 の形で返ります。type は、意味と直し方を示すページです。',
  habit2: '一覧は items と next を返します。next を cursor に入れると、続きが読めます。',
  habit3: '作成する POST には Idempotency-Key を付けられます。同じ鍵で送り直しても、結果は一つです。',
  habit4: 'PATCH には、読んだときの ETag を If-Match に入れて送ります。',
  operations: '操作の一覧',
  parameters: 'パラメーター',
  body: '本文',
  answers: '応答',
  example: '例',
  scopes: '必要な scope',
  anyToken: '有効なトークン',
  required: '必須',
  back: '操作の一覧へ',
  name: '名前',
  type: '型',
  meaning: '意味',
  status: '状態',
  english: '操作の説明は英語です。',
} as const

const en: Record<keyof typeof ja, string> = {
  title: 'API',
  lead: 'Reading needs no account. This line checks a patent.',
  document: 'The OpenAPI 3.1 document',
  token: 'To write',
  tokenText:
    'Get an access token with the id and secret of a client of your organisation, and send it as Authorization: Bearer. It lives for ten minutes. Each operation names the scope it needs.',
  habits: 'What all operations share',
  habit1: 'Errors are RFC 9457 problem details. `type` is a page that says what it means and what to do.',
  habit2: 'A list answers items and next; send next as cursor to go on.',
  habit3: 'A POST that creates takes an Idempotency-Key. Sent again with the same key, it has one effect.',
  habit4: 'PATCH needs the ETag that you read, as If-Match.',
  operations: 'Operations',
  parameters: 'Parameters',
  body: 'Body',
  answers: 'Answers',
  example: 'Example',
  scopes: 'Scope needed',
  anyToken: 'any valid token',
  required: 'required',
  back: 'All operations',
  name: 'Name',
  type: 'Type',
  meaning: 'Meaning',
  status: 'Status',
  english: '',
}

export const docsWords: Readonly<Record<Language, Record<keyof typeof ja, string>>> = { ja, en }
