import { z } from 'zod'
import type { Context } from '../../src/context.ts'
import { type Import, importShape } from '../../src/imports/import.ts'
import { workOnImports } from '../../src/imports/work.ts'
import type { Answer, Caller } from './registry.ts'

export const started = z.object({ id: z.string(), state: z.string() })

/** Uploads as a browser's form does. */
export function upload(
  caller: Caller,
  content: string | Uint8Array<ArrayBuffer>,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new Blob([content]), 'portfolio.csv')
  return caller.send('POST', '/v1/imports', { body: form, headers })
}

/** Waits until nothing is done any more; where `context` is given, does the work itself, as no process is there to do it. */
export async function rested(caller: Caller, id: string, context?: () => Context): Promise<Import> {
  for (let look = 0; look < 600; look++) {
    if (context) await workOnImports(context, () => true)
    const found = (await caller.get(`/v1/imports/${id}`)).as(importShape)
    if (!['reading', 'committing'].includes(found.state)) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the import ${id} does not come to rest`)
}

export async function previewed(
  caller: Caller,
  content: string | Uint8Array<ArrayBuffer>,
  context?: () => Context,
  fields: Record<string, string> = {},
): Promise<Import> {
  const { id } = (await upload(caller, content, fields)).as(started)
  return rested(caller, id, context)
}

export async function committed(caller: Caller, id: string, context?: () => Context): Promise<Import> {
  ;(await caller.post(`/v1/imports/${id}/commit`, {})).as(importShape)
  return rested(caller, id, context)
}

export type Line = {
  grant?: string
  application?: string
  title?: string
  holders?: string
  inventors?: string
  ipc?: string
  filedOn?: string
  grantedOn?: string
  status?: string
}

const columns = ['登録番号', '出願番号', '発明の名称', '権利者', '発明者', 'IPC', '出願日', '登録日', '状態'] as const

/** A table as an office keeps it: its columns are those of no database. */
export function tableOf(lines: readonly Line[]): string {
  const cells = lines.map((line) =>
    [
      line.grant,
      line.application,
      line.title,
      line.holders,
      line.inventors,
      line.ipc,
      line.filedOn,
      line.grantedOn,
      line.status,
    ]
      .map((text) => `"${(text ?? '').replaceAll('"', '""')}"`)
      .join(','),
  )
  return `${[columns.join(','), ...cells].join('\r\n')}\r\n`
}

const fields = [
  'grant_number',
  'application_number',
  'title_ja',
  'holders',
  'inventors',
  'ipc',
  'filed_on',
  'granted_on',
  'status',
] as const

/** What the columns of `tableOf` hold, as an officer confirms it. */
export const tableMapping = {
  columns: columns.map((header, i) => ({ header, field: fields[i] ?? 'ignore' })),
  office: 'JP',
}
