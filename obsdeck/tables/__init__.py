"""Tables from Arrow: saved in the formats astronomers use, or as an astropy Table."""
