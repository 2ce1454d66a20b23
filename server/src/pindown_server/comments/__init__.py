"""Comments on pins and pinboards."""
