import * as React from 'react';

import { Period, Wavelength } from './axes.js';
import { ColumnField, facetGestures, facetProps } from './columnfield.js';
import { type IMoreFieldsProps, MoreFields } from './more.js';
import { type IPlaceProps, Place } from './place.js';

/** Properties of {@link TableFields}. */
export interface ITableFieldsProps extends IMoreFieldsProps, IPlaceProps {
  /** Name of the table. */
  readonly table: string;
}

/** What the table can be asked. */
export function TableFields(props: ITableFieldsProps): JSX.Element {
  const { bind, offer, facets } = props;
  const { profile } = offer;
  const gestures = facetGestures(props);
  return (
    <>
      {profile.position && (
        <Place
          bind={bind}
          hasResolver={props.hasResolver}
          resolution={props.resolution}
          onTarget={props.onTarget}
        />
      )}
      {profile.time && <Period bind={bind} />}
      {profile.spectral && <Wavelength bind={bind} />}
      {profile.fields
        .filter(({ more }) => !more)
        .map(field => (
          <ColumnField
            key={field.column}
            bind={bind}
            field={field}
            {...facetProps(facets, field)}
            {...gestures}
          />
        ))}
      <MoreFields
        key={props.table}
        bind={bind}
        offer={offer}
        facets={facets}
        ownFields={props.ownFields}
        onLoadFields={props.onLoadFields}
        onTargets={props.onTargets}
        {...gestures}
      />
    </>
  );
}
