import { z } from '@hono/zod-openapi'
import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { DatabaseError } from '../database.ts'
import { type ErrorCode, faultForLog, RegistryError } from '../errors.ts'
import type { Bilingual } from '../shapes.ts'
import type { Env } from './api.ts'

/** RFC 9457. `type` is a page that says what the problem means and what to do. */
export const problem = z
  .object({
    type: z.url(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
  })
  .loose()
  .openapi('Problem', {
    example: {
      type: 'https://registry.example/problems/invalid_input',
      title: 'The input is not valid',
      status: 422,
      detail: 'The request body does not have the shape that is documented.',
      code: 'invalid_input',
      requestId: '0198c0de-0000-7000-8000-000000000000',
      errors: [{ pointer: '/numbers/0', code: 'invalid_type', detail: 'expected string' }],
    },
  })

type Known = { status: ContentfulStatusCode; title: Bilingual; todo: Bilingual }

/** The one map from codes to HTTP, with the words of each code's page. */
export const knownProblems: Record<ErrorCode, Known> = {
  malformed: {
    status: 400,
    title: { ja: 'リクエストを読み取れません', en: 'The request cannot be read' },
    todo: {
      ja: 'JSON の書式と、URL のパラメーターを確かめてください。errors の pointer が場所を示します。',
      en: 'Check the JSON syntax and the parameters of the URL; `errors[].pointer` names the place.',
    },
  },
  invalid_input: {
    status: 422,
    title: { ja: '入力が正しくありません', en: 'The input is not valid' },
    todo: {
      ja: 'errors に、直すところ（JSON Pointer）と理由があります。直して送り直してください。何も変更されていません。',
      en: '`errors` names each place (JSON Pointer) and the reason. Mend them and send again; nothing was changed.',
    },
  },
  unauthenticated: {
    status: 401,
    title: { ja: '認証が必要です', en: 'Authentication is needed' },
    todo: {
      ja: 'POST /oauth/token でアクセストークンを取り、Authorization: Bearer で送ってください。有効期間は10分です。',
      en: 'Get an access token from POST /oauth/token and send it as `Authorization: Bearer …`. It lives for ten minutes.',
    },
  },
  forbidden: {
    status: 403,
    title: { ja: '権限がありません', en: 'You may not do this' },
    todo: {
      ja: 'この操作は、記録の権利者の担当者か運営者だけが行えます。',
      en: 'Only an officer of the organisation concerned, or a steward, may do this.',
    },
  },
  insufficient_scope: {
    status: 403,
    title: { ja: 'トークンの範囲が足りません', en: 'The token does not cover this' },
    todo: {
      ja: '必要な scope を含むトークンを取り直してください。クライアントにその scope がなければ、機関の担当者に頼んでください。',
      en: 'Request a token with the scope named; if your client does not have it, ask your organisation for one that does.',
    },
  },
  not_found: {
    status: 404,
    title: { ja: '見つかりません', en: 'Not found' },
    todo: {
      ja: 'アドレスと番号を確かめてください。番号の書き方は GET /v1/numbers?q= で調べられます。',
      en: 'Check the address and the number; `GET /v1/numbers?q=` shows how a spelling is read.',
    },
  },
  method_not_allowed: {
    status: 405,
    title: { ja: 'このメソッドは使えません', en: 'Method not allowed' },
    todo: { ja: 'Allow ヘッダーに使えるメソッドがあります。', en: 'The `Allow` header names the methods that are.' },
  },
  not_acceptable: {
    status: 406,
    title: { ja: 'その形式では出せません', en: 'Not available in that form' },
    todo: {
      ja: 'Accept ヘッダーを見直してください。',
      en: 'Ask for one of the media types documented for this route.',
    },
  },
  ambiguous_number: {
    status: 300,
    title: { ja: '番号が一つに決まりません', en: 'The number can mean several documents' },
    todo: {
      ja: 'Link ヘッダーの rel="alternate" に、候補それぞれのアドレスがあります。その一つで尋ねてください。',
      en: 'The `Link` header names an address for each of `candidates` (`rel="alternate"`). Ask at one of them.',
    },
  },
  conflict: {
    status: 409,
    title: { ja: '他の変更と重なりました', en: 'Another change came first' },
    todo: {
      ja: '記録を読み直してから、もう一度送ってください。',
      en: 'Read the record again, then repeat the request.',
    },
  },
  already_registered: {
    status: 409,
    title: { ja: 'すでに登録されています', en: 'Already registered' },
    todo: {
      ja: 'existing が示す記録を使ってください。番号を足すには PATCH を使います。',
      en: 'Use the record named in `existing`; add further numbers to it with PATCH.',
    },
  },
  already_decided: {
    status: 409,
    title: { ja: 'すでに決まっています', en: 'Already decided' },
    todo: {
      ja: '一度決まったことは変わりません。いまの状態を読み直してください。',
      en: 'What was decided once stays so. Read the record to see its present state.',
    },
  },
  idempotency_mismatch: {
    status: 422,
    title: {
      ja: 'Idempotency-Key が別の内容に使われています',
      en: 'This Idempotency-Key was used for another request',
    },
    todo: { ja: '新しいキーで送ってください。', en: 'Send the request with a new key.' },
  },
  idempotency_spent: {
    status: 409,
    title: { ja: 'このリクエストはすでに実行されました', en: 'This request was carried out already' },
    todo: {
      ja: '答えに一度しか見せられない秘密が含まれていたため、再送できません。新しいものを作ってください。',
      en: 'Its answer held a secret that is shown once only. Make a new one.',
    },
  },
  stale_version: {
    status: 412,
    title: { ja: '古い版に対する変更です', en: 'The record has changed since you read it' },
    todo: {
      ja: '記録を読み直し、新しい ETag を If-Match に入れて送ってください。',
      en: 'Read the record again and send its new ETag as `If-Match`.',
    },
  },
  version_required: {
    status: 428,
    title: { ja: 'If-Match が必要です', en: 'If-Match is required' },
    todo: {
      ja: '読んだ記録の ETag を If-Match に入れて送ってください。',
      en: 'Send the ETag of the record you read as `If-Match`.',
    },
  },
  too_large: {
    status: 413,
    title: { ja: '大きすぎます', en: 'Too large' },
    todo: { ja: '分けて送ってください。', en: 'Send it in parts.' },
  },
  unsupported_media_type: {
    status: 415,
    title: { ja: 'この形式は受け取れません', en: 'Unsupported media type' },
    todo: { ja: 'Content-Type: application/json で送ってください。', en: 'Send `Content-Type: application/json`.' },
  },
  too_many_requests: {
    status: 429,
    title: { ja: 'リクエストが多すぎます', en: 'Too many requests' },
    todo: { ja: 'Retry-After の秒数だけ待ってください。', en: 'Wait for the seconds named in `Retry-After`.' },
  },
  not_allowed_now: {
    status: 409,
    title: { ja: 'いまの状態ではできません', en: 'Not possible in the present state' },
    todo: { ja: '記録の状態を確かめてください。', en: 'Look at the state of the record.' },
  },
  consent_missing: {
    status: 409,
    title: { ja: '共有者の同意がありません', en: 'A co-owner has not consented' },
    todo: { ja: '共有者の同意を待ってください。', en: 'Wait for the consent of the co-owners named.' },
  },
  encumbered: {
    status: 422,
    title: { ja: '開放を妨げる権利があります', en: 'Something stands in the way of opening' },
    todo: {
      ja: '研究の留保がない専用実施権などが記録されています。その特許を外すか、記録を直してください。',
      en: 'An exclusive licence without a research reservation is recorded. Leave the patent out, or mend its record.',
    },
  },
  terms_not_accepted: {
    status: 422,
    title: { ja: '利用条件への同意が必要です', en: 'The terms have to be accepted' },
    todo: {
      ja: 'needed にある id と sha256 を acceptTerms に入れて送ってください。条文は GET /v1/terms/{id} にあります。',
      en: 'Read the terms in `needed` and send their id and sha256 as `acceptTerms`.',
    },
  },
  nothing_covered: {
    status: 422,
    title: { ja: '許諾できる特許がありません', en: 'No patent can be covered' },
    todo: { ja: 'leftOut に番号ごとの理由があります。', en: '`leftOut` gives the reason for each number.' },
  },
  unavailable: {
    status: 503,
    title: { ja: 'いまは応答できません', en: 'Not available at the moment' },
    todo: { ja: '少し待って、もう一度試してください。', en: 'Wait a little and try again.' },
  },
  internal: {
    status: 500,
    title: { ja: '内部の誤りです', en: 'An internal fault' },
    todo: {
      ja: 'requestId を添えて運営者に知らせてください。',
      en: 'Tell the registry, with the request id.',
    },
  },
}

export function statusOf(code: ErrorCode): ContentfulStatusCode {
  return knownProblems[code].status
}

export const onError: ErrorHandler<Env> = (thrown, c) => {
  const error = answering(thrown, c)
  const { registryUrl, requestId } = c.var.ctx
  const { status, title } = knownProblems[error.code]
  if (error.code === 'unauthenticated' || error.code === 'insufficient_scope')
    c.header('WWW-Authenticate', `Bearer error="${error.code === 'unauthenticated' ? 'invalid_token' : error.code}"`)
  const text = {
    type: `${registryUrl}/problems/${error.code}`,
    title: title.en,
    status,
    detail: error.message,
    code: error.code,
    requestId,
    ...(error.faults.length > 0 ? { errors: error.faults } : {}),
    ...error.extra,
  }
  return c.body(JSON.stringify(text), status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  })
}

export const onNotFound: NotFoundHandler<Env> = (c) => {
  const nothing = new RegistryError('not_found', `There is nothing at ${c.req.path.slice(0, 200)}.`)
  return onError(nothing, c)
}

/** What is said of it, to a program or on a page; a fault of ours goes to the operator's log. */
export function answering(thrown: Error, c: Context<Env>): RegistryError {
  const error = asRegistryError(thrown)
  if (error.code === 'internal')
    console.error(JSON.stringify({ requestId: c.var.ctx.requestId, fault: faultForLog(thrown) }))
  if (error.code === 'too_many_requests' || error.code === 'unavailable') c.header('Retry-After', '2')
  return error
}

function asRegistryError(thrown: Error): RegistryError {
  if (thrown instanceof RegistryError) return thrown
  if (thrown instanceof DatabaseError && thrown.fault === 'busy')
    return new RegistryError('unavailable', 'The database is busy; nothing was changed.')
  if (thrown instanceof DatabaseError && thrown.fault === 'unreachable')
    return new RegistryError(
      'unavailable',
      'The database did not answer in time. Whether a change went in is not known: repeat it with the same Idempotency-Key, or read the record.',
    )
  if (thrown instanceof HTTPException) {
    if (thrown.status === 400) return new RegistryError('malformed', 'The body is not well-formed JSON.')
    if (thrown.status === 415)
      return new RegistryError('unsupported_media_type', 'The body has to be sent as application/json.')
    if (thrown.status === 413) return new RegistryError('too_large', 'The body is too large.')
  }
  return new RegistryError('internal', 'The registry could not answer. The fault was recorded.')
}
