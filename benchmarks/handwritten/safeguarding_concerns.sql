SELECT
    quarter,
    -- counts
    count(*) AS concerns,
    -- out of concerns_not_progressed
    count(*) FILTER (outcome = 'No further action') AS concerns_no_further_action,
    count(*) FILTER (outcome = 'Information and advice') AS concerns_information_and_advice,
    count(*) FILTER (outcome = 'Existing care management') AS concerns_existing_care_management,
    count(*) FILTER (outcome = 'Other response') AS concerns_other_response,
    -- out of concerns
    count(*) FILTER (outcome <> 'Progressed to Section 42 enquiry') AS concerns_not_progressed,
    count(*) FILTER (source = 'Care home') AS concerns_from_care_home,
    count(*) FILTER (source = 'Hospital') AS concerns_from_hospital,
    count(*) FILTER (source = 'Primary care') AS concerns_from_primary_care,
    count(*) FILTER (source = 'Police') AS concerns_from_police,
    count(*) FILTER (source = 'Ambulance') AS concerns_from_ambulance,
    count(*) FILTER (source = 'Housing') AS concerns_from_housing,
    count(*) FILTER (source = 'Family or friend') AS concerns_from_family_or_friend,
    count(*) FILTER (source = 'Self') AS concerns_from_self,
    count(*) FILTER (source = 'Other') AS concerns_from_other
FROM facts.safeguarding_concerns
GROUP BY quarter
ORDER BY quarter
