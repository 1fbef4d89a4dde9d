"""What blocks are in a chapter: title, sections, numbered paragraphs, notices, furniture."""
