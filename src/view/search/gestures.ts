import type { SearchFlow } from '../../model/searchflow.js';
import type { ISearchFormProps } from './formtypes.js';
import type { ISearchCallbacks } from './callbacks.js';

/** What of the form's properties are gestures; the others are values. */
export type FormGestures = Pick<
  ISearchFormProps,
  Extract<keyof ISearchFormProps, `on${string}`>
>;

/** What the gestures of the form do, by the model and by others. */
export function gesturesOf(
  flow: SearchFlow,
  callbacks: ISearchCallbacks
): FormGestures {
  const { model } = flow;
  const { facets } = model;
  return {
    onArchive: id => model.setArchive(id),
    onTable: name => model.setTable(name),
    onAsker: asker => model.setAs(asker),
    onSignIn: () => model.archive && callbacks.signIn(model.archive.definition.id),
    onChange: fields => model.update(fields),
    onCriterion: (column, criterion) => model.ask(column, criterion),
    onLeave: field => flow.leave(field),
    onTarget: target => flow.choose(target),
    onTargets: () => callbacks.targets(),
    onLoadFields: () => void flow.learn(),
    onFold: (column, folded) => facets.fold(column, folded),
    onAddFacet: column => facets.add(column),
    onRemoveFacet: column => facets.remove(column),
    onSearch: () =>
      void flow.submit().then(request => request && callbacks.search(request)),
    onCount: () => void flow.count(),
    onJob: callbacks.runJob,
    onCancel: () => {
      flow.cancel();
      callbacks.cancel();
    },
    onEdit: () => void flow.take().then(request => request && callbacks.edit(request)),
    onRevert: () => callbacks.revert()
  };
}
