"""What every route passes: caller, scope, tokens, body in, answer out, OpenAPI."""
