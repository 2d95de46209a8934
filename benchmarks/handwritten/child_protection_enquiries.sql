SELECT
    quarter,
    -- counts
    count(*) AS section_47_enquiries,
    count(conference_on) AS initial_conferences,
    -- out of section_47_enquiries
    count(*) FILTER (led_to_assessment = 'Yes') AS section_47_leading_to_assessment,
    count(conference_on) AS section_47_leading_to_conference,
    -- out of initial_conferences
    count(conference_on) FILTER (plan_made = 'No') AS conferences_without_plan
FROM facts.child_protection_enquiries
GROUP BY quarter
ORDER BY quarter
