import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'jsdom',
    include: ['test/unit/**/*.spec.{ts,tsx}', 'test/conformance/**/*.spec.{ts,tsx}'],
    setupFiles: ['./test/setup.ts'],
    // One module graph for all files: loading JupyterLab anew costs 4 s a file.
    isolate: false,
    restoreMocks: true,
    experimental: { fsModuleCache: true }
  }
});
