import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

/**
 * Let a section of an accordion be as high as its content, but no higher than a share of
 * the accordion; its neighbours take the rest.
 *
 * @param section - scrolls; its one child is as high as the content
 * @param share - of the accordion's height, 0 to 1
 */
export function limitHeight(section: Widget, share: number): void {
  const fit = (): void => {
    const { parent, node } = section;
    const content = node.firstElementChild;
    if (!parent || !content || section.isHidden) {
      return;
    }
    const most = Math.min(content.scrollHeight, share * parent.node.clientHeight);
    // Lumino reads pixels only.
    const maxHeight = `${Math.ceil(most)}px`;
    if (node.style.maxHeight !== maxHeight) {
      node.style.maxHeight = maxHeight;
      MessageLoop.postMessage(parent, Widget.Msg.FitRequest);
    }
  };
  const observer = new ResizeObserver(fit);
  for (const node of [section.parent?.node, section.node.firstElementChild]) {
    if (node) {
      observer.observe(node);
    }
  }
  section.disposed.connect(() => observer.disconnect());
}
