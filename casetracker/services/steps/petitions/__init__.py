"""The steps of a petition, one family of use cases a module, on the casework of both tracks."""
