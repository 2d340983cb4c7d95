import {
  columnsOf,
  functionsOf,
  type IAdqlFunction,
  quoteIdentifier,
  quoteTableName,
  splitName
} from '../../protocol/adql/index.js';
import type {
  IColumnDescription,
  ISchemaDescription,
  ITableDescription
} from '../../protocol/vosi.js';
import type { IServiceSchema } from './types.js';

/** What a row of the tree stands for. */
export type SchemaThing =
  | { readonly kind: 'schema'; readonly schema: ISchemaDescription }
  | { readonly kind: 'table'; readonly table: ITableDescription }
  | {
      readonly kind: 'column';
      readonly column: IColumnDescription;
      readonly table: ITableDescription;
    }
  | { readonly kind: 'functions'; readonly group: IAdqlFunction['group'] }
  | { readonly kind: 'function'; readonly own: IAdqlFunction }
  /** Stands below a table whose columns are not known yet. */
  | { readonly kind: 'columns'; readonly table: ITableDescription };

/** A row of the tree as it is shown. */
export interface ISchemaRow {
  /** Stays the same while the service's tables do. */
  readonly id: string;
  readonly thing: SchemaThing;
  /** What a person calls it; empty where the view has words for it. */
  readonly label: string;
  /** What goes into a query; empty for what cannot. */
  readonly adql: string;
  /** From 1, as `aria-level` counts. */
  readonly level: number;
  /** Place among its siblings, from 1, and how many these are. */
  readonly position: number;
  readonly count: number;
  /** Null for what cannot be unfolded. */
  readonly expanded: boolean | null;
}

/** How the tree is shown. */
export interface ISchemaTreeState {
  /** Ids of what is unfolded. */
  readonly expanded: ReadonlySet<string>;
  /** Only what has this in name or description, any case; empty for all. */
  readonly search: string;
}

/** What a node has below it; null where that is not known. */
interface INode {
  readonly id: string;
  readonly thing: SchemaThing;
  readonly label: string;
  readonly adql: string;
  /** What is searched, in lower case. */
  readonly text: string;
  readonly children: (() => readonly INode[]) | null;
}

/** The rows of the tree from top to bottom, those that are folded or do not fit left out. */
export function schemaRows(
  schema: IServiceSchema,
  { expanded, search }: ISchemaTreeState
): ISchemaRow[] {
  const rows: ISchemaRow[] = [];
  const wanted = search.trim().toLowerCase();
  const add = (nodes: readonly INode[], level: number, isWithin: boolean): void => {
    const shown = isWithin ? nodes : nodes.filter(node => fits(node, wanted));
    shown.forEach((node, index) => {
      const isHit = isWithin || node.text.includes(wanted);
      // Where something below it fits, it is open; where it fits itself, all below is there.
      const isOpen = expanded.has(node.id) || (!isHit && wanted !== '');
      const { id, thing, label, adql } = node;
      rows.push({
        ...{ id, thing, label, adql, level },
        position: index + 1,
        count: shown.length,
        expanded: node.children ? isOpen : null
      });
      if (isOpen && node.children) {
        add(node.children(), level + 1, isHit);
      }
    });
  };
  add(rootsOf(schema), 1, wanted === '');
  return rows;
}

/** True where the node or anything below it has the text in name or description. */
function fits(node: INode, wanted: string): boolean {
  return (
    node.text.includes(wanted) ||
    (node.children?.().some(child => fits(child, wanted)) ?? false)
  );
}

function rootsOf({ tables, capability }: IServiceSchema): INode[] {
  const functions = functionsOf(capability);
  const groups = (['geometry', 'service'] as const)
    .map(group => functionsNode(group, functions))
    .filter(({ children }) => children && children().length > 0);
  return [...tables.schemas.map(schemaNode), ...groups];
}

function schemaNode(schema: ISchemaDescription): INode {
  const label = splitName(schema.name ?? '').join('.');
  const tables = once(() => schema.tables.map(tableNode));
  const text = searchable(label, schema.title, schema.description);
  const adql = label && quoteIdentifier(label);
  const thing = { kind: 'schema', schema } as const;
  return { id: `schema ${label}`, thing, label, adql, text, children: tables };
}

function tableNode(table: ITableDescription): INode {
  const parts = splitName(table.name);
  const id = `table ${table.name}`;
  const children = once(() => {
    const columns = columnsOf(table);
    return columns
      ? columns.map(({ name, adql, description }) =>
          columnNode(`${id} ${name}`, name, adql, table, description)
        )
      : [columnsNode(id, table)];
  });
  return {
    id,
    thing: { kind: 'table', table },
    label: parts[parts.length - 1],
    adql: quoteTableName(table.name),
    text: searchable(parts.join('.'), table.title, table.description),
    children
  };
}

function columnNode(
  id: string,
  label: string,
  adql: string,
  table: ITableDescription,
  column: IColumnDescription | null
): INode {
  const thing: SchemaThing = column
    ? { kind: 'column', column, table }
    : { kind: 'columns', table };
  const text = searchable(label, column?.description ?? null);
  return { id, thing, label, adql, text, children: null };
}

function columnsNode(id: string, table: ITableDescription): INode {
  const thing = { kind: 'columns', table } as const;
  // It is nothing that could be searched for.
  return { id: `${id} *`, thing, label: '', adql: '', text: '\0', children: null };
}

function functionsNode(
  group: 'geometry' | 'service',
  functions: readonly IAdqlFunction[]
): INode {
  const own = functions.filter(other => other.group === group);
  const children = once(() =>
    own.map((item): INode => ({
      id: `function ${item.name}`,
      thing: { kind: 'function', own: item },
      label: item.name,
      adql: `${item.name}()`,
      text: searchable(item.name, item.description),
      children: null
    }))
  );
  const thing = { kind: 'functions', group } as const;
  return {
    id: `functions ${group}`,
    thing,
    label: '',
    adql: '',
    text: group,
    children
  };
}

function searchable(...texts: readonly (string | null)[]): string {
  return texts
    .filter(text => text !== null)
    .join('\n')
    .toLowerCase();
}

/** The same answer again, made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
