"""Proof, read from the built HTML alone, that a site carries what its sources require.

A site can be built without the plugin, by another program, or with a template that drops a block, and the
build is green. So nothing here asks the code that builds: the manual says what must stand on each page,
the page is parsed, and what is missing, contradicted or hidden fails.
"""

from chapterhouse.verify.report import Failure, Report
from chapterhouse.verify.site import verify

__all__ = ["Failure", "Report", "verify"]
