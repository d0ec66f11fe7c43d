"""The register page: list and form of any register, made from its declaration alone."""
