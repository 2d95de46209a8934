SELECT
    quarter,
    -- counts
    count(*) FILTER (ended_on IS NULL) AS child_protection_plans,
    count(*) FILTER (started_day >= 0) AS plans_started,
    count(*) FILTER (started_day >= 0 AND category = 'Neglect') AS plans_neglect_started,
    count(ended_on) AS plans_ended,
    -- out of plans_ended
    count(*) FILTER (ended_on - started_on >= 730) AS plans_two_years_or_more,
    -- out of plans_started
    count(*) FILTER (started_day >= 0 AND earlier_plan = 'Yes') AS second_or_later_plans,
    -- out of child_protection_plans
    count(*) FILTER (ended_on IS NULL AND seen_in_time = 'Yes') AS seen_within_4_weeks,
    count(*) FILTER (ended_on IS NULL AND category = 'Neglect') AS plans_neglect,
    count(*) FILTER (ended_on IS NULL AND category = 'Emotional abuse') AS plans_emotional_abuse,
    count(*) FILTER (ended_on IS NULL AND category = 'Physical abuse') AS plans_physical_abuse,
    count(*) FILTER (ended_on IS NULL AND category = 'Sexual abuse') AS plans_sexual_abuse,
    count(*) FILTER (ended_on IS NULL AND category = 'Multiple') AS plans_multiple
FROM facts.child_protection_plans
GROUP BY quarter
ORDER BY quarter
