-- One row a quarter and measure: what an agency could not count is not nought, so it is left out.
SELECT quarter, measure, sum(numerator) AS k, sum(denominator) AS n
FROM facts.agency_counts
WHERE breakdown = 'All' AND numerator IS NOT NULL
GROUP BY quarter, measure
ORDER BY quarter, measure
