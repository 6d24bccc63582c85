"""Test what is around the library: pages, packages, promises, the layout of the house."""
