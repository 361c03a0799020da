"""The pages: each view reads a form, calls one service, and renders or redirects."""
