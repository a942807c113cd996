"""How the desk writes moments, in place of what Django has for a language."""
