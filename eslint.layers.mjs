/**
 * The layers of docs/architecture.md as lint errors, one direction:
 * protocol <- archives <- model <- view <- plugins; widgets beside plugins; transport
 * implements an interface of protocol; worker runs protocol and the tables of model.
 */

/** Layers and what each may import from inside and outside of src. */
const LAYERS = {
  protocol: { inside: [], outside: ['fast-xml-parser', 'apache-arrow'] },
  archives: { inside: ['protocol'], outside: [] },
  transport: { inside: ['protocol', 'archives'], outside: [] },
  model: {
    inside: ['protocol', 'archives'],
    outside: [
      'apache-arrow',
      '@lumino/signaling',
      '@lumino/polling',
      '@lumino/disposable',
      '@lumino/coreutils'
    ]
  },
  // Its code is bundled into a script of its own, where JupyterLab's packages are missing.
  worker: { inside: ['protocol', 'model/table'], outside: ['apache-arrow'] },
  view: {
    inside: ['model', 'archives', 'protocol'],
    outside: [
      'react',
      'apache-arrow',
      'd3',
      '@lumino/.*',
      '@jupyterlab/ui-components',
      '@jupyterlab/apputils',
      '@jupyterlab/codeeditor',
      '@jupyterlab/codemirror',
      '@codemirror/.*',
      '@jupyterlab/translation'
    ]
  },
  widgets: {
    inside: ['model', 'view', 'archives', 'protocol'],
    outside: ['@jupyter-widgets/base', 'apache-arrow', '@lumino/.*', 'react']
  }
};

const ALL = [...Object.keys(LAYERS), 'plugins'];

/** The rule that keeps one layer in its place. */
function rule(name, { inside, outside }) {
  const forbidden = ALL.filter(layer => layer !== name && !inside.includes(layer));
  // A folder of another layer may be allowed on its own.
  const allowed = inside.length ? `(?!(?:${inside.join('|')})/)` : '';
  const packages = outside.length ? `(?!(?:${outside.join('|')})(?:/|$))` : '';
  const patterns = [
    {
      regex: `^(\\.\\./)+${allowed}(${forbidden.join('|')})/`,
      message: `${name} may import from: ${[name, ...inside].join(', ')} (docs/architecture.md).`
    },
    {
      regex: `^(\\.\\./)+(tokens|index)\\.js$`,
      message: `${name} knows nothing of the application; tokens are for plugins.`
    },
    {
      regex: `^${packages}[^.]`,
      message: `${name} may import these packages only: ${outside.join(', ') || 'none'}.`
    }
  ];
  return {
    files: [`src/${name}/**/*.{ts,tsx}`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] }
  };
}

export const layers = [
  ...Object.entries(LAYERS).map(([name, layer]) => rule(name, layer)),
  {
    // The interface is built from what an archive offers, never from its name.
    files: ['src/{model,view,plugins,widgets}/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'BinaryExpression[operator=/^[!=]==?$/][right.type="Literal"]' +
            '[left.property.name=/^(id|kind)$/]' +
            ':matches([left.object.name=/archive|definition/i], [left.object.property.name=/archive|definition/i])',
          message: 'Ask for a capability, not for the archive’s name.'
        }
      ]
    }
  }
];
