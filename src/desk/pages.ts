import { Hono } from 'hono'
import type { Env } from '../http/api.ts'
import { affiliationPages } from './affiliation-pages.tsx'
import { checksPages } from './checks-page.tsx'
import { claimFormPages } from './claim-form.tsx'
import { claimsPages } from './claims-page.tsx'
import { dataPages } from './data-pages.tsx'
import { grantFormPages } from './grant-form.tsx'
import { deskGrantPages } from './grant-pages.tsx'
import { deskHome } from './home.tsx'
import { inventionPages } from './invention-pages.tsx'
import { peoplePages } from './people-page.tsx'
import { requestsPages } from './requests-page.tsx'

/** Everything that a person who has signed in does on pages, for oneself and as an officer. */
export const deskPages = new Hono<Env>()
  .route('/', deskHome)
  .route('/', grantFormPages) // before the page of one grant, whose number could be `new`
  .route('/', deskGrantPages)
  .route('/', checksPages)
  .route('/', claimFormPages)
  .route('/', inventionPages)
  .route('/', affiliationPages)
  .route('/', dataPages)
  .route('/', claimsPages)
  .route('/', peoplePages)
  .route('/', requestsPages)
