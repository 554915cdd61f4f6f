"""The screens, one per step of the work; each is imported when it is first opened."""
