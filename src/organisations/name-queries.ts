import type { Reader, Statement } from '../database.ts'
import { nameKeyOf } from './names.ts'
import {
  type Organisation,
  type OrganisationName,
  type OrganisationState,
  organisationName,
  organisationState,
} from './organisation.ts'
import { findOrganisations, insertOrganisation } from './queries.ts'

/**
 * Organisations that have this name, in either language, or as a former or other name of theirs (`nameKeyOf`), with the
 * state that others see; one that has only applied is not among them. Every name asked for is a key of the answer;
 * several organisations where several are found.
 */
export async function findOrganisationsByName(
  read: Reader,
  names: readonly string[],
): Promise<Map<string, { id: string; state: OrganisationState }[]>> {
  const keys = new Map(names.map((name) => [name, nameKeyOf(name)]))
  const rows = await read.rows(
    `select n.key, o.id, coalesce(o.shown_as, o.state) from organisation_names n
     join organisations o on o.id = n.organisation_id where n.key in (select value from json_each(?))
     and (o.state <> 'applied' or o.shown_as is not null) order by o.created_at, o.id`,
    [JSON.stringify([...new Set(keys.values())])],
  )
  const found = new Map<string, { id: string; state: OrganisationState }[]>()
  for (const [key, id, state] of rows)
    found.set(String(key), [
      ...(found.get(String(key)) ?? []),
      { id: String(id), state: organisationState.parse(state) },
    ])
  return new Map(names.map((name) => [name, found.get(keys.get(name) ?? '') ?? []]))
}

/** Organisations one of whose names has the key of one of these: their ids with what tells them apart. */
export async function organisationsOfName(read: Reader, names: readonly string[]) {
  const rows = await read.rows(
    `select distinct organisation_id from organisation_names where key in (select value from json_each(?))`,
    [JSON.stringify([...new Set(names.map(nameKeyOf))])],
  )
  return [
    ...(
      await findOrganisations(
        read,
        rows.map(([id]) => String(id)),
      )
    ).values(),
  ]
}

/**
 * A record of an organisation that a patent names as its holder and that has not asked to join, found afterwards by its
 * names and these aliases. Fails as `unique` when its ROR id or 法人番号 stands on a record.
 */
export function insertNamedOrganisation(
  organisation: Pick<Organisation, 'id' | 'name' | 'kind' | 'country' | 'ror' | 'corporateNumber'>,
  aliases: readonly string[],
  at: string,
): Statement[] {
  return [
    insertOrganisation({ ...organisation, state: 'named', since: at }),
    ...putRecordNames(organisation.id, organisation.name),
    ...aliases.map((name) => putName(organisation.id, name, 'import')),
  ]
}

/** The guard of an act that makes a `named` organisation: nobody has made one of this name meanwhile. */
export function nobodyIsNamed(names: readonly string[]): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'name' from organisation_names n
          join organisations o on o.id = n.organisation_id
          where o.state = 'named' and n.key in (select value from json_each(?))`,
    args: [JSON.stringify(names.map(nameKeyOf))],
  }
}

/** All names of an organisation, those of its record first. */
export async function listNames(read: Reader, organisationId: string): Promise<OrganisationName[]> {
  const rows = await read.rows(
    `select name, source from organisation_names where organisation_id = ?
     order by case source when 'record' then 0 when 'own' then 1 when 'former' then 2 else 3 end, name`,
    [organisationId],
  )
  return rows.map(([name, source]) => organisationName.parse({ name, source }))
}

/** The names that officers give replace those that they gave before. */
export function putOwnNames(organisationId: string, names: readonly string[]): Statement[] {
  return [
    { sql: `delete from organisation_names where organisation_id = ? and source = 'own'`, args: [organisationId] },
    ...names.map((name) => putName(organisationId, name, 'own')),
  ]
}

/** The names of the record are what it is found by; those that it had before still lead to it. */
export function putRecordNames(organisationId: string, name: Organisation['name']): Statement[] {
  return [
    {
      sql: `update organisation_names set source = 'former' where organisation_id = ? and source = 'record'`,
      args: [organisationId],
    },
    putName(organisationId, name.ja, 'record'),
    putName(organisationId, name.en, 'record'),
  ]
}

export function putName(organisationId: string, name: string, source: OrganisationName['source']): Statement {
  return {
    sql: `insert into organisation_names (organisation_id, key, name, source) values (?, ?, ?, ?)
          on conflict (organisation_id, key) do update set name = excluded.name, source = excluded.source
          where excluded.source = 'record' or organisation_names.source <> 'record'`,
    args: [organisationId, nameKeyOf(name), name, source],
  }
}
