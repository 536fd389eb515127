import { z } from 'zod'
import { pinnedFingerprints, type TermsId } from '../../policies/terms.ts'
import { patent } from '../../src/patents/patent.ts'
import { patentOf } from './patents.ts'
import type { Caller, LocalRegistry, Registry } from './registry.ts'

/** Numbers of the patents of a small commons, by what a check finds of them. */
export type Commons = { open: string; academic: string; closed: string; expired: string; waiting: string }

/** A university and a company with patents that are open, open to universities, not open, ended, and awaiting consent. */
export async function fillCommons(registry: Registry): Promise<Commons> {
  const university = await registry.organisation({ name: { ja: '入会大学', en: 'Iriai University' } })
  const company = await registry.organisation({
    name: { ja: '入会電池株式会社', en: 'Iriai Battery Co., Ltd.' },
    kind: 'company',
  })
  const professor = await registry.member(university.id)
  const officer = await registry.member(company.id)
  const commons: Commons = {
    open: await register(professor, {
      numbers: ['特許第5985120号', '特願2015-253457', 'JP2016124752A'],
      title: { ja: 'リチウムイオン電池用硫化物系固体電解質', en: 'Sulfide solid electrolyte for lithium ion battery' },
      holders: [{ organisation: university.id }],
      inventors: [{ name: '入会 花子', romanised: 'Hanako Iriai' }, { name: '山野 太郎' }],
    }),
    academic: await register(officer, {
      numbers: ['US 10,020,535 B2'],
      title: { en: 'Method for producing sulfide solid electrolyte' },
      holders: [{ organisation: company.id }],
    }),
    closed: await register(officer, {
      numbers: ['特許第6044588号'],
      title: {
        ja: '硫化物固体電解質材料、電池および製造方法',
        en: 'Sulfide solid electrolyte material, battery, and method',
      },
      holders: [{ organisation: company.id }],
    }),
    expired: await register(professor, {
      numbers: ['特許第2999999号'],
      title: { ja: '無人搬送車の制御装置' },
      holders: [{ organisation: university.id }],
      filedOn: '1994-04-01',
      grantedOn: '1999-11-05',
      status: { value: 'expired', on: '2014-04-01', source: 'J-PlatPat', seenOn: '2024-09-20' },
    }),
    waiting: await register(professor, {
      numbers: ['特許第6288716号'],
      title: { ja: '全固体電池の正極合材' },
      holders: [
        { organisation: university.id, share: '1/2' },
        { organisation: company.id, share: '1/2' },
      ],
    }),
  }
  await declare(professor, 'RPC-OPEN-1.0', [commons.open])
  await declare(officer, 'RPC-ACADEMIC-1.0', [commons.academic])
  await declare(professor, 'RPC-OPEN-1.0', [commons.waiting])
  return commons
}

/** As after the sample was loaded: every page then says that declarations are invented. */
export async function markAsSample(registry: LocalRegistry): Promise<void> {
  await registry.db.write([{ sql: "insert into registry_facts values ('sample', '1')", args: [] }])
}

async function register(officer: Caller, more: Record<string, unknown>): Promise<string> {
  return (await officer.post('/v1/patents', patentOf([], more))).as(patent).number
}

async function declare(officer: Caller, termsId: TermsId, numbers: readonly string[]): Promise<void> {
  const termsSha256 = pinnedFingerprints[termsId]
  const answer = await officer.post('/v1/declarations', { termsId, termsSha256, numbers, encumbrancesChecked: true })
  answer.as(z.looseObject({ id: z.string() }))
}
