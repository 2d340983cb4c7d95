import type { LaunchOptions } from '@playwright/test';

export declare const jupyter: {
  readonly origin: string;
  readonly token: string;
  readonly folder: string;
  /** As Playwright's `webServer` wants it. */
  readonly server: {
    readonly command: string;
    readonly cwd: string;
    readonly url: string;
    readonly env: Record<string, string>;
  };
};

export declare const browser: {
  readonly viewport: { width: number; height: number };
  readonly trace: 'off';
  readonly video: 'off';
  readonly launchOptions: LaunchOptions;
};
