import { decodeJwt } from 'jose'

/** The claims as they stand in the token; the signature is not looked at. */
export function readPayload(token: string): unknown {
  return decodeJwt(token)
}
