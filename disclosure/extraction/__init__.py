"""From the bytes of a file, or a text, to the blocks a document's page is made of."""
