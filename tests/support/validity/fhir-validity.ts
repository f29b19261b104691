import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from '@medplum/core'
import { Ajv, type ValidateFunction } from 'ajv'
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' }
import { isObject, type JsonObject, objectsOf } from '#schema/record/fhir/json.ts'
import { JSON_SCHEMA, TYPE_BUNDLES } from './definitions.ts'
import { ownFaults } from './own-faults.ts'

/**
 * What is wrong with a resource by three readers: Medplum's validator with R4's StructureDefinitions, Ajv with R4's JSON schema, and
 * our own checks of what both miss. Each line begins with who says it. Of a Bundle also every resource in it.
 */
export function validityFaults(resource: JsonObject): readonly string[] {
  return [
    ...medplumFaults(resource).map(fault => `medplum: ${fault}`),
    ...schemaFaults(resource).map(fault => `schema: ${fault}`),
    ...ownFaults(resource).map(fault => `own: ${fault}`),
  ]
}

for (const bundle of TYPE_BUNDLES) indexStructureDefinitionBundle(bundle as never)

export function medplumFaults(resource: JsonObject): readonly string[] {
  const issues = issuesOf(resource).filter(issue => issue.severity === 'error')
  return issues.map(issue => `${issue.expression?.[0] ?? ''} ${issue.details?.text ?? ''}`)
}

/** Warnings too: that it cannot look into a `urn:uuid:` reference, for one. */
function issuesOf(resource: JsonObject): ReturnType<typeof validateResource> {
  try {
    return validateResource(resource as never)
  } catch (error) {
    if (error instanceof OperationOutcomeError) return error.outcome.issue ?? []
    throw error
  }
}

const ajv = new Ajv({ strict: false, validateFormats: false })
ajv.addMetaSchema(draft06)
ajv.addSchema(schemaWithoutNesting(), 'fhir')
const checks = new Map<string, ValidateFunction>()

/**
 * Resources inside others are checked by themselves: as one of 148 alternatives, a fault has 148 messages. JavaScript's `\S` leaves
 * out spaces of other scripts (U+3000, U+00A0), which FHIR allows in texts.
 */
function schemaWithoutNesting(): object {
  const { id: _, discriminator: __, oneOf: ___, ...schema } = JSON_SCHEMA
  const definitions = isObject(schema['definitions']) ? schema['definitions'] : {}
  const text = { type: 'string', pattern: '\\S' }
  return {
    ...schema,
    definitions: {
      ...definitions,
      QuestionnaireResponse: withProperty(
        definitions['QuestionnaireResponse'],
        '_questionnaire',
        '#/definitions/Element',
      ),
      QuestionnaireResponse_Answer: withProperty(
        definitions['QuestionnaireResponse_Answer'],
        'valueString',
        '#/definitions/string',
      ),
      Extension: withProperty(definitions['Extension'], 'valueString', '#/definitions/string'),
      ResourceList: { type: 'object' },
      string: text,
      markdown: text,
    },
  }
}

/** The published schema forgets that a canonical can have extensions, as each primitive can (https://hl7.org/fhir/R4/json.html#primitive). */
function withProperty(definition: unknown, name: string, $ref: string): unknown {
  if (!isObject(definition) || !isObject(definition['properties'])) return definition
  return { ...definition, properties: { ...definition['properties'], [name]: { $ref } } }
}

export function schemaFaults(resource: JsonObject): readonly string[] {
  const type = String(resource['resourceType'])
  const check = checks.get(type) ?? ajv.compile({ $ref: `fhir#/definitions/${type}` })
  checks.set(type, check)
  const own = check(resource)
    ? []
    : (check.errors ?? []).map(
        error => `${type}${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`,
      )
  const inside = [
    ...objectsOf(resource['contained']),
    ...objectsOf(resource['entry']).flatMap(entry => objectsOf(entry['resource'])),
  ]
  return [...own, ...inside.flatMap(schemaFaults)]
}

/** References that lead to no resource of the Bundle. */
export function strayReferences(bundle: JsonObject): readonly string[] {
  const addresses = new Set(objectsOf(bundle['entry']).map(entry => entry['fullUrl']))
  const stray: string[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) walk(item)
    else if (isObject(value)) {
      const { reference } = value
      if (typeof reference === 'string' && !reference.startsWith('#') && !addresses.has(reference))
        stray.push(reference)
      for (const member of Object.values(value)) walk(member)
    }
  }
  walk(bundle)
  return stray
}
