import { expect, test } from 'vitest'
import { openLocalRegistry } from '../support/registry.ts'

test.each(['about', 'privacy', 'accessibility'])(
  '/%s stands in both languages, and its links lead somewhere',
  async (name) => {
    const { anonymous } = await openLocalRegistry()
    for (const lang of ['ja', 'en']) {
      const page = await anonymous.get(`/${lang}/${name}`)
      expect([page.status, page.headers.get('Content-Language')]).toEqual([200, lang])
      const links = [...page.text.matchAll(/href="(\/(?:ja|en)\/[^"]*)"/g)].map(([, path = '']) => path)
      for (const path of new Set(links))
        expect([path, (await anonymous.get(path)).status]).toEqual([path, expect.toBeOneOf([200, 303])])
    }
  },
)
