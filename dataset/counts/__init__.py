"""The catalogue of counts that agencies send where no return holds the rows."""
