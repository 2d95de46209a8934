SELECT
    quarter,
    -- counts
    count(*) FILTER (ended_on IS NULL) AS children_in_care,
    count(*) FILTER (ended_on IS NULL AND unaccompanied = 'Yes') AS unaccompanied_children,
    count(*) FILTER (started_day >= 0) AS entries_to_care,
    count(ended_on) AS discharges_from_care,
    count(*) FILTER (went_missing = 'Yes, first time since April') AS children_in_care_missing,
    count(*) FILTER (health_assessment <> 'Not due') AS health_assessments_due,
    -- out of children_in_care
    count(*) FILTER (ended_on IS NULL AND placed = 'In Stockport') AS children_in_care_placed_in_stockport,
    count(*) FILTER (ended_on IS NULL AND placed = 'Outside Stockport') AS children_in_care_placed_outside,
    count(*) FILTER (ended_on IS NULL AND placement IN ('Home for children', 'Residential school')) AS in_residential_provision,
    count(*) FILTER (ended_on IS NULL AND placement IN ('With parents', 'Fostered by relatives or friends')) AS with_family_or_friends,
    count(*) FILTER (ended_on IS NULL AND placements = 1) AS one_placement_only,
    count(*) FILTER (ended_on IS NULL AND went_missing <> 'No') AS children_in_care_missing_in_quarter,
    -- out of health_assessments_due
    count(*) FILTER (health_assessment = 'In time') AS health_assessments_in_time
FROM facts.children_in_care
GROUP BY quarter
ORDER BY quarter
