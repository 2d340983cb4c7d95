import { Toolbar } from '@jupyterlab/ui-components';
import type { Widget } from '@lumino/widgets';

/** The tools in the title of a section of the sidebar; pressing one does not fold it. */
export class SectionTools extends Toolbar {
  /**
   * @param name - of the section, to those who do not see it
   * @param summary - a few words beside the title, updated by whoever made them
   */
  constructor(name: string, summary?: Widget) {
    super();
    this.addClass('jp-Obsdeck-SectionTools');
    this.node.setAttribute('aria-label', name);
    if (summary) {
      summary.addClass('jp-Obsdeck-SectionTools-summary');
      this.addItem('summary', summary);
    } else {
      this.addItem('spacer', Toolbar.createSpacerItem());
    }
    // JupyterLab's toolbar keeps clicks to itself, but not keys.
    this.node.addEventListener('keydown', event => event.stopPropagation());
  }
}
