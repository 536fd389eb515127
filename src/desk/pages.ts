import { Hono } from 'hono'
import type { Env } from '../http/api.ts'
import { affiliationPages } from './affiliation-pages.tsx'
import { areaDeskPages } from './area-pages.tsx'
import { assignmentPages } from './assignment-pages.tsx'
import { checksPages } from './checks-page.tsx'
import { claimFormPages } from './claim-form.tsx'
import { claimsPages } from './claims-page.tsx'
import { deskConsentPages } from './consent-pages.tsx'
import { dataPages } from './data-pages.tsx'
import { declarationFormPages } from './declaration-form.tsx'
import { declarationPages } from './declaration-pages.tsx'
import { enquiryPages } from './enquiry-pages.tsx'
import { exclusionPages } from './exclusion-pages.tsx'
import { grantEndPages } from './grant-end-page.tsx'
import { grantFormPages } from './grant-form.tsx'
import { deskGrantPages } from './grant-pages.tsx'
import { deskHome } from './home.tsx'
import { importMappingPages } from './import-mapping.tsx'
import { importNamesPages } from './import-names.tsx'
import { importPages } from './import-page.tsx'
import { importListPages } from './import-pages.tsx'
import { inventionPages } from './invention-pages.tsx'
import { joinCommonsPages } from './join-page.tsx'
import { mandatePages } from './mandate-pages.tsx'
import { objectionPages } from './objection-pages.tsx'
import { organisationAccessPages } from './organisation-access-page.tsx'
import { organisationPages } from './organisation-page.tsx'
import { patentEditPages } from './patent-edit-page.tsx'
import { peoplePages } from './people-page.tsx'
import { portfolioPages } from './portfolio-page.tsx'
import { receivedEnquiriesPages } from './received-enquiries-page.tsx'
import { receivedReportsPages } from './received-reports-page.tsx'
import { reportPages } from './report-pages.tsx'
import { requestsPages } from './requests-page.tsx'
import { stewardPages } from './steward-page.tsx'
import { upkeepPages } from './upkeep-pages.tsx'

/** Everything that a person who has signed in does on pages, for oneself and as an officer. */
export const deskPages = new Hono<Env>()
  .route('/', deskHome)
  .route('/', grantFormPages) // before the page of one grant, whose number could be `new`
  .route('/', deskGrantPages)
  .route('/', reportPages)
  .route('/', grantEndPages)
  .route('/', enquiryPages)
  .route('/', receivedEnquiriesPages)
  .route('/', receivedReportsPages)
  .route('/', objectionPages)
  .route('/', checksPages)
  .route('/', claimFormPages)
  .route('/', inventionPages)
  .route('/', affiliationPages)
  .route('/', dataPages)
  .route('/', importListPages)
  .route('/', importPages)
  .route('/', importMappingPages)
  .route('/', importNamesPages)
  .route('/', portfolioPages)
  .route('/', patentEditPages)
  .route('/', claimsPages)
  .route('/', peoplePages)
  .route('/', joinCommonsPages)
  .route('/', organisationPages)
  .route('/', organisationAccessPages)
  .route('/', stewardPages)
  .route('/', requestsPages)
  .route('/', mandatePages)
  .route('/', declarationFormPages) // before the page of one declaration, whose id could be `new`
  .route('/', declarationPages)
  .route('/', deskConsentPages)
  .route('/', exclusionPages)
  .route('/', areaDeskPages)
  .route('/', upkeepPages)
  .route('/', assignmentPages)
