import type { ISettingRegistry } from '@jupyterlab/settingregistry';

/**
 * Tell the value of a setting now and whenever it changes. Without a registry, or without
 * the plugin's schema, the defaults hold and nothing is told.
 */
export async function followSetting(
  registry: ISettingRegistry | null,
  plugin: string,
  name: string,
  tell: (value: unknown) => void
): Promise<void> {
  const settings = await registry?.load(plugin).catch((reason: unknown) => {
    console.warn(`Obsdeck: the settings of ${plugin} could not be read.`, reason);
  });
  if (settings) {
    const update = (): void => tell(settings.get(name).composite);
    settings.changed.connect(update);
    update();
  }
}
