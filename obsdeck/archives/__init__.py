"""Archive definitions: which archives there are, and who may say so."""
