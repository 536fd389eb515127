import type { Context } from '../context.ts'
import { sha256Hex } from '../log/canonical.ts'
import { check, conclude } from '../verifier/checks.ts'
import { type GrantState, statusOf, type Verification } from './grant.ts'
import { findGrant, type GrantRecord } from './queries.ts'
import { readToken } from './token.ts'

type Check = Verification['checks'][number]

/**
 * Whether a token is a grant of ours that holds now: what it tells by itself, then what is on record. `valid` is true
 * only when every check has passed, and null when one could not be made and none has failed.
 */
export async function verifyGrant(
  ctx: Context,
  token: string,
): Promise<{ valid: boolean | null; checks: Check[]; grant: GrantRecord | undefined }> {
  const { checks, claims } = await readToken(token, ctx.keys, ctx.registryUrl, ctx.now)
  if (!claims) return { valid: conclude(checks), checks, grant: undefined }
  const grant = await findGrant(ctx.db.read, claims.jti)
  if (grant === undefined || !(await isTokenOf(grant, token))) {
    const all = [...checks, notOnRecord]
    return { valid: conclude(all), checks: all, grant: undefined }
  }
  const state = statusOf(grant.state, grant.expiresAt, ctx.now)
  const all = [...checks, onRecord, statusCheck(state, grant), supersededCheck(state, grant)]
  return { valid: conclude(all), checks: all, grant }
}

/** The recorded text itself settles it without a hash. */
async function isTokenOf(grant: GrantRecord, token: string): Promise<boolean> {
  return grant.token === token || grant.tokenSha256 === (await sha256Hex(token))
}

const onRecord: Check = {
  name: 'on_record',
  passed: true,
  code: 'on_record',
  text: { ja: '登録簿に記録されています。', en: 'It is on record.' },
}
const notOnRecord: Check = {
  name: 'on_record',
  passed: false,
  code: 'not_on_record',
  text: { ja: '登録簿に記録がありません。', en: 'It is not on record.' },
}

function statusCheck(state: GrantState, grant: GrantRecord): Check {
  if (state === 'valid' || state === 'expired' || state === 'superseded') return check('status_valid')
  const since = grant.stateAt.slice(0, 10)
  const text =
    state === 'suspended'
      ? { ja: `${since} から停止されています。`, en: `It is suspended since ${since}.` }
      : { ja: `${since} に取り消されました（${grant.reason}）。`, en: `It was revoked on ${since} (${grant.reason}).` }
  return { ...check(state), text }
}

function supersededCheck(state: GrantState, grant: GrantRecord): Check {
  if (state !== 'superseded')
    return {
      name: 'superseded',
      passed: true,
      code: 'not_superseded',
      text: { ja: '新しい許諾証に替わっていません。', en: 'No later grant has taken its place.' },
    }
  return {
    name: 'superseded',
    passed: false,
    code: 'superseded',
    text: {
      ja: `許諾証 ${grant.supersededBy} に替わりました。`,
      en: `The grant ${grant.supersededBy} has taken its place.`,
    },
  }
}
