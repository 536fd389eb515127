import { expect, test } from 'vitest'
import { openHolders } from '../support/holders.ts'
import { signedIn } from '../support/people.ts'

test('nobody is asked to sign in, and a stranger to the area is told who may add to it', async () => {
  const commons = await openHolders()
  const made = await commons.steward.post('/v1/areas', {
    slug: 'glass',
    title: { ja: '硝子', en: 'Glass' },
    summary: { ja: '硝子。', en: 'Glass.' },
    rules: [{ words: ['nothing-like-it'] }],
  })
  expect(made.status).toBe(201)
  await commons.steward.post('/v1/areas/glass/publication', {})
  expect((await commons.anonymous.get('/ja/desk/areas/glass')).status).toBe(303)
  const person = await signedIn(commons, { name: '入会 太郎' })
  const page = await person.get('/ja/desk/areas/glass')
  expect([page.status, page.text.includes('この領域に特許を持つ機関')]).toEqual([200, true])
  expect(page.text).not.toContain('action="/ja/desk/areas/glass"')
  expect((await person.get('/ja/desk/areas')).status).toBe(403)
})
