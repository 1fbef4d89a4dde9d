"""A Word document made ready for mammoth, which makes HTML of it."""
