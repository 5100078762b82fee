"""What every part of the REST API stands on: views, filters, pages of lists, numbers, refusals."""
