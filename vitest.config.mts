import { defineConfig } from 'vitest/config';

// One module graph for all files of a project: loading JupyterLab anew costs 4 s a file.
const shared = {
  isolate: false,
  restoreMocks: true,
  experimental: { fsModuleCache: true }
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'node',
          // The layers below the view know no DOM, so that plain Node can run them.
          environment: 'node',
          include: ['test/unit/*.spec.ts', 'test/conformance/**/*.spec.ts'].concat(
            ['protocol', 'archives', 'transport', 'model', 'worker'].map(
              layer => `test/unit/${layer}/**/*.spec.ts`
            )
          )
        }
      },
      {
        test: {
          ...shared,
          name: 'page',
          environment: 'jsdom',
          include: ['view', 'plugins', 'widgets'].map(
            layer => `test/unit/${layer}/**/*.spec.{ts,tsx}`
          ),
          setupFiles: ['./test/setup.ts']
        }
      }
    ]
  }
});
