import { expect, test } from 'vitest'
import { z } from 'zod'
import { pinnedFingerprints } from '../../policies/terms.ts'
import { type App, createApp } from '../../src/app.ts'
import { describeApi } from '../../src/http/openapi.ts'
import { loggedEntryExample, proofExample } from '../../src/log/entry.ts'
import { publicGrantExample } from '../../src/grants/grant.ts'
import { canonical, sha256Hex } from '../../src/log/canonical.ts'

const media = z.looseObject({ schema: z.looseObject({ $ref: z.string().optional() }), example: z.unknown().optional() })
const content = z.record(z.string(), media)
const answer = z.looseObject({ content: content.optional() })
const operationShape = z.looseObject({
  operationId: z.string(),
  summary: z.string().default(''),
  description: z.string().default(''),
  tags: z.array(z.string()).default([]),
  requestBody: z.looseObject({ content }).optional(),
  responses: z.record(z.string(), answer),
})
