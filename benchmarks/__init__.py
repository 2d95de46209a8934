"""What the software costs, as ratios to the least that could do the job, measured within one run."""
