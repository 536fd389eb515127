import { tokenCharactersMax, type VerifiedClaims } from './claims.ts'
import { isPageFacts, type PageFacts } from './page-facts.ts'
import { answerOf, certificatePath, checkName, resultOf, type VerifyWords, verifyWords } from './page-words.ts'
import { type Verified, verifyGrant } from './verifier.ts'

// The script of the verify page. The page brings keys and terms with it; status lists are fetched when it loads and kept,
// so that it goes on without a connection for as long as the lists say.

/** A list is asked for again after this long, as its `ttl` wishes. */
const listAgeMillisecondsMax = 240_000

declare class BarcodeDetector {
  constructor(options: { formats: string[] })
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}

const facts = readFacts()
const form = document.querySelector('form#verify')
const field = document.querySelector('textarea#token')
const file = document.querySelector('input#file')
const answer = document.querySelector('#answer')
const state = document.querySelector('#ready')
if (
  facts &&
  form instanceof HTMLFormElement &&
  field instanceof HTMLTextAreaElement &&
  file instanceof HTMLInputElement &&
  answer instanceof HTMLElement &&
  state instanceof HTMLElement
)
  start(facts, { form, field, file, answer, state })

type Parts = {
  form: HTMLFormElement
  field: HTMLTextAreaElement
  file: HTMLInputElement
  answer: HTMLElement
  state: HTMLElement
}

function start(page: PageFacts, parts: Parts): void {
  const { form: box, field: text, file: chosen } = parts
  const say = verifyWords[page.lang]
  const lists = keptLists(page)
  const verify = () => void verifyText(page, say, parts, lists)
  box.addEventListener('submit', (event) => {
    event.preventDefault()
    verify()
  })
  text.addEventListener('paste', () => setTimeout(verify))
  const take = async (given: File | undefined) => {
    if (!given) return
    text.value = given.size > tokenCharactersMax ? '' : (await given.text()).trim()
    verify()
  }
  chosen.addEventListener('change', () => void take(chosen.files?.[0]))
  box.addEventListener('dragover', (event) => {
    event.preventDefault()
    box.classList.add('over')
  })
  box.addEventListener('dragleave', () => box.classList.remove('over'))
  box.addEventListener('drop', (event) => {
    event.preventDefault()
    box.classList.remove('over')
    void take(event.dataTransfer?.files[0])
  })
  offerScan(say, parts, (found) => {
    text.value = found
    verify()
  })
  void loadLists(page, say, parts.state, lists)
}

function readFacts(): PageFacts | undefined {
  const text = document.querySelector('#facts')?.textContent
  if (!text) return undefined
  const value: unknown = JSON.parse(text)
  return isPageFacts(value) ? value : undefined
}

async function loadLists(page: PageFacts, say: VerifyWords, line: HTMLElement, lists: Lists): Promise<void> {
  line.textContent = say.loading
  const loaded = await Promise.allSettled(page.lists.map(lists))
  const time = new Date().toLocaleTimeString(page.lang === 'ja' ? 'ja-JP' : 'en-GB')
  const whole = loaded.every(({ status }) => status === 'fulfilled')
  line.textContent = whole ? say.ready.replace('{time}', time) : say.partly
  line.dataset.state = whole ? 'ready' : 'partly'
}

type Lists = (uri: string) => Promise<string>

/** Fetches a list of this registry from where the page came from; without a connection, the last one that was read. */
function keptLists({ issuer }: PageFacts): Lists {
  const kept = new Map<string, { text: string; at: number }>()
  return async (uri) => {
    const last = kept.get(uri)
    if (last && Date.now() - last.at < listAgeMillisecondsMax) return last.text
    if (!uri.startsWith(`${issuer}/v1/status-lists/`)) throw new TypeError('a list of another place')
    try {
      const response = await fetch(uri.slice(issuer.length), { cache: 'no-cache', credentials: 'omit' })
      if (!response.ok) throw new TypeError(`the list answers ${response.status}`)
      const text = await response.text()
      kept.set(uri, { text, at: Date.now() })
      return text
    } catch (error) {
      if (last) return last.text
      throw error
    }
  }
}

async function verifyText(page: PageFacts, say: VerifyWords, parts: Parts, statusList: Lists): Promise<void> {
  const token = parts.field.value.trim()
  const certificate = certificatePath(token, page.issuer)
  if (certificate !== undefined) {
    location.assign(`/${page.lang}${certificate}`)
    return
  }
  if (token === '') {
    parts.answer.replaceChildren(element('p', { class: 'fault' }, say.empty))
    parts.field.focus()
    return
  }
  const { issuer, keys, terms } = page
  const options = { issuers: { [issuer]: keys }, terms, now: new Date(), statusList }
  parts.answer.replaceChildren(...answerParts(page, say, await verifyGrant(token, options)))
}

function answerParts(page: PageFacts, say: VerifyWords, { valid, checks, claims }: Verified): HTMLElement[] {
  const { word, means, mark } = answerOf(valid, say)
  const rows = checks.map(({ name, passed, text }) => {
    const result = resultOf(passed, say)
    return element(
      'li',
      {},
      element('span', { class: `mark ${result.mark}` }, result.word),
      element('b', {}, checkName(name, say)),
      element('span', {}, text[page.lang]),
    )
  })
  return [
    element('p', { class: 'verdict' }, element('span', { class: `mark ${mark}`, id: 'verdict' }, word)),
    element('p', { class: 'lead' }, means),
    element('h2', {}, say.checks),
    element('ol', { class: 'checks' }, ...rows),
    ...(claims ? [element('h2', {}, say.grant), contents(page, say, claims)] : []),
  ]
}

function contents({ lang, labels }: PageFacts, say: VerifyWords, claims: VerifiedClaims): HTMLElement {
  const day = (seconds: number) =>
    new Date(seconds * 1000).toLocaleDateString(lang === 'ja' ? 'ja-JP' : 'en-GB', {
      dateStyle: 'long',
      timeZone: 'UTC',
    })
  const details = claims.authorization_details
  const uses = details.flatMap(({ purposes, mode }) => [...purposes, mode]).map((code) => labels[code] ?? code)
  const lines: readonly (readonly [string, string | HTMLElement])[] = [
    [say.number, element('a', { href: `/${lang}/g/${encodeURIComponent(claims.number)}` }, claims.number)],
    [say.grantee, `${claims.grantee.name} (${claims.grantee.organisation.name})`],
    [say.period, say.dates.replace('{from}', day(claims.nbf)).replace('{until}', day(claims.exp - 1))],
    [say.use, uses.join(' · ')],
    [say.patents, details.flatMap(({ patents }) => patents).join(', ')],
    [say.terms, details.flatMap(({ terms }) => terms.map(({ id }) => id)).join(', ')],
  ]
  return element(
    'dl',
    { class: 'facts' },
    ...lines.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
  )
}

/** A button to read a QR code with the camera, where the browser can. */
function offerScan(say: VerifyWords, { form: box, state: line }: Parts, found: (text: string) => void): void {
  if (!('BarcodeDetector' in globalThis) || !navigator.mediaDevices) return
  const button = element('button', { type: 'button', class: 'plain' }, say.scan)
  let stop: (() => void) | undefined
  button.addEventListener('click', async () => {
    if (stop) return stop()
    const video = document.createElement('video')
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      const detector = new BarcodeDetector({ formats: ['qr_code'] })
      stop = () => {
        for (const track of stream.getTracks()) track.stop()
        video.remove()
        button.textContent = say.scan
        stop = undefined
      }
      video.srcObject = stream
      box.append(video)
      button.textContent = say.stopScan
      await video.play()
      while (stop) {
        const [code] = await detector.detect(video)
        if (code) {
          stop()
          found(code.rawValue)
        } else await new Promise((resolve) => setTimeout(resolve, 200))
      }
    } catch {
      stop?.()
      line.textContent = say.noCamera
    }
  })
  box.querySelector('.row')?.append(element('div', { class: 'go' }, button))
}

/** Text goes in as text: nothing that a token says can become markup. */
function element(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: (string | Node)[]
): HTMLElement {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}
