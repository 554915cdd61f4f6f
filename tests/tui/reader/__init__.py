"""What a researcher sees and does in the reader."""
