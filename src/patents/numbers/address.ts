import { splitKind } from './clean.ts'
import type { NumberType } from './number.ts'

/** A number found in a web address, with what the address says of it beyond the spelling. */
export type AddressedNumber = { text: string; type: NumberType | undefined }

/** True for a cleaned text that is a web address, with or without its scheme. */
export function isAddress(cleaned: string): boolean {
  return cleaned.startsWith('HTTP') ? /^HTTPS?:\/\//.test(cleaned) : host.test(cleaned)
}

/**
 * The parts of an address that may be a number, likeliest first: the J-PlatPat fixed address, Espacenet's CC and NR, then
 * path segments and query values that begin with an office code, as Google Patents, Lens, PATENTSCOPE and others write.
 */
export function numbersInAddress(cleaned: string): AddressedNumber[] {
  const address = decoded(cleaned).toUpperCase()
  const platform = platPat.exec(address)
  if (platform?.[1] !== undefined && platform[2] !== undefined) return [ofPlatPat(platform[1], platform[2])]
  const country = /[?&]CC=([A-Z]{2})/.exec(address)?.[1]
  const number = /[?&]NR=([A-Z\d]+)/.exec(address)?.[1]
  if (country !== undefined && number !== undefined) {
    const kind = splitKind(number).kind === undefined ? /[?&]KC=([A-Z]\d?)/.exec(address)?.[1] : undefined
    return [plain(`${country}${number}${kind ?? ''}`)]
  }
  const parts = address.split(/[/?&=#]/).slice(0, partsMax)
  return parts
    .map((part) => part.replaceAll('_', '-'))
    .filter((part) => numberLike.test(part))
    .map(plain)
}

const partsMax = 60
const host = /^(?:[A-Z\d-]{1,63}\.){1,6}[A-Z]{2,10}\//
const numberLike = /^[A-Z]{2}[-. ]?[A-Z]{0,4}\d[A-Z\d .,-]{3,30}$/
// https://www.j-platpat.inpit.go.jp/c1801/PU/JP-4398474/15/ja, with or without a hash of 64 digits in between.
const platPat = /J-PLATPAT\.INPIT\.GO\.JP\/C\d{4}\/PU\/([A-Z]{2}-[A-Z\d-]{1,30})\/(?:[\dA-F]{64}\/)?(\d{2})(?:\/|$)/

function ofPlatPat(number: string, code: string): AddressedNumber {
  return { text: number, type: platPatTypes[code] }
}

// Types of the addresses that J-PlatPat gives out; others are read by their shape.
const platPatTypes: Readonly<Record<string, NumberType>> = {
  '11': 'publication',
  '15': 'grant',
  '19': 'republication',
  '21': 'utility_model_publication',
  '23': 'utility_model_publication',
  '25': 'utility_model_grant',
}

function plain(text: string): AddressedNumber {
  return { text, type: undefined }
}

function decoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
