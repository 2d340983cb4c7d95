"""ADQL 2.1 (a subset) checked by an allow-list and translated to the SQL of the engine."""
