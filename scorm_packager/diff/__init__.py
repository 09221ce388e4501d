"""What becomes of learners in progress when one package takes another's place."""
