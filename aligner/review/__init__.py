"""What people look at: the report, one HTML file, and the page, served to this machine alone."""
