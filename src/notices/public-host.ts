/** Why an address may not be sent to. The address is the caller's: it must not lead into a network that trusts us. */
export type AddressFault = 'unreadable' | 'not_https' | 'port' | 'credentials' | 'private_address' | 'private_name'

const ports: ReadonlySet<string> = new Set(['', '8443'])

/**
 * Undefined when the address is https, on port 443 or 8443, without credentials, and its host is neither an address nor
 * a name of a private network. The WHATWG parser has brought every notation of an IPv4 address into the dotted form.
 */
export function addressFault(address: string): AddressFault | undefined {
  if (!URL.canParse(address)) return 'unreadable'
  const { protocol, port, username, password, hostname } = new URL(address)
  if (protocol !== 'https:') return 'not_https'
  if (!ports.has(port)) return 'port'
  if (username !== '' || password !== '') return 'credentials'
  if (hostname.startsWith('[')) return isPublicAddress(hostname.slice(1, -1)) ? undefined : 'private_address'
  if (readIpv4(hostname) !== undefined) return isPublicAddress(hostname) ? undefined : 'private_address'
  return isPublicName(hostname) ? undefined : 'private_name'
}

/** Names that mean this machine or this network (RFC 6761, 6762, 7686, 8375, ICANN's `.internal`), or are used so. */
const privateNames: ReadonlySet<string> = new Set([
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'onion',
  'invalid',
])

/** A name without a dot is looked up in the operator's own domain. */
function isPublicName(hostname: string): boolean {
  const labels = hostname.replace(/\.$/, '').toLowerCase().split('.')
  if (labels.length < 2 || labels.includes('')) return false
  return !privateNames.has(labels.at(-1) ?? '') && labels.slice(-2).join('.') !== 'home.arpa'
}

/** Whether an IP address in its usual form is one of the public internet. What cannot be read is not. */
export function isPublicAddress(address: string): boolean {
  const four = readIpv4(address)
  if (four !== undefined) return isPublicIpv4(four)
  const six = readIpv6(address)
  return six !== undefined && isPublicIpv6(six)
}

/** IANA special-purpose registry, multicast, and one cloud's host service at an address that looks public. */
const privateIpv4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

function isPublicIpv4(address: number): boolean {
  return !privateIpv4.some(([network, bits]) => {
    const size = 2 ** (32 - bits)
    return Math.floor(address / size) === Math.floor((readIpv4(network) ?? 0) / size)
  })
}

/**
 * Only global unicast (2000::/3), less what has a special purpose; an IPv4 address within (mapped, NAT64 of RFC 6052) is
 * judged as itself. 6to4 and Teredo hide one too, and nobody needs them.
 */
function isPublicIpv6(groups: readonly number[]): boolean {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0, seventh = 0, eighth = 0] = groups
  const mapped = first === 0 && second === 0 && third === 0 && fourth === 0 && fifth === 0 && sixth === 0xffff
  const translated = first === 0x64 && second === 0xff9b && third === 0 && fourth === 0 && fifth === 0 && sixth === 0
  if (mapped || translated) return isPublicIpv4(seventh * 65_536 + eighth)
  if (first < 0x2000 || first > 0x3fff) return false
  if (first === 0x2001 && (second < 0x200 || second === 0xdb8)) return false
  if (first === 0x2002 || (first === 0x2620 && second === 0x4f && third === 0x8000)) return false
  return !(first === 0x3fff && second < 0x1000)
}

/** The usual dotted form alone; 32 bits as a number. */
function readIpv4(text: string): number | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined
  return parts.reduce((whole, part) => whole * 256 + Number(part), 0)
}

/** RFC 4291 section 2.2, with `::` and with a dotted end; eight groups of 16 bits. */
function readIpv6(text: string): number[] | undefined {
  const dotted = text.slice(text.lastIndexOf(':') + 1)
  const four = dotted.includes('.') ? readIpv4(dotted) : undefined
  if (dotted.includes('.') && four === undefined) return undefined
  const hexadecimal =
    four === undefined
      ? text
      : `${text.slice(0, text.length - dotted.length)}${Math.floor(four / 65_536).toString(16)}:${(four % 65_536).toString(16)}`
  const halves = hexadecimal.split('::').map((half) => (half === '' ? [] : half.split(':')))
  const [head = [], tail = []] = halves
  const missing = 8 - head.length - tail.length
  if (halves.length > 2 || (halves.length === 1 ? missing !== 0 : missing < 1)) return undefined
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail]
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : undefined
}
