import type { LaunchOptions, PlaywrightTestConfig } from '@playwright/test';

export declare const jupyter: {
  readonly origin: string;
  readonly token: string;
  readonly server: NonNullable<PlaywrightTestConfig['webServer']>;
};

export declare const browser: {
  readonly viewport: { width: number; height: number };
  readonly trace: 'off';
  readonly video: 'off';
  readonly launchOptions: LaunchOptions;
};
