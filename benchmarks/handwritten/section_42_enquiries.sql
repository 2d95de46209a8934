SELECT
    quarter,
    -- counts
    count(*) AS enquiries_concluded,
    count(*) FILTER (msp_asked <> 'Not Recorded') AS msp_recorded,
    count(*) FILTER (msp_asked NOT IN ('Not Recorded', 'Don''t Know')) AS msp_known,
    count(msp_achieved) AS msp_result_known,
    -- out of msp_recorded
    count(*) FILTER (msp_asked IN ('Yes they were asked and outcomes were expressed', 'Yes they were asked but no outcomes were expressed')) AS msp_asked_of_recorded,
    -- out of msp_known
    count(*) FILTER (msp_asked IN ('Yes they were asked and outcomes were expressed', 'Yes they were asked but no outcomes were expressed')) AS msp_asked_of_known,
    -- out of msp_result_known
    count(*) FILTER (msp_achieved IN ('Fully Achieved', 'Partially Achieved')) AS msp_achieved,
    count(*) FILTER (msp_achieved = 'Fully Achieved') AS msp_fully_achieved,
    count(*) FILTER (msp_achieved = 'Partially Achieved') AS msp_partially_achieved,
    count(*) FILTER (msp_achieved = 'Not Achieved') AS msp_not_achieved,
    -- out of enquiries_concluded
    count(*) FILTER (msp_asked IN ('Yes they were asked and outcomes were expressed', 'Yes they were asked but no outcomes were expressed')) AS msp_asked,
    count(*) FILTER (msp_asked = 'Yes they were asked and outcomes were expressed') AS msp_asked_and_stated,
    count(*) FILTER (msp_asked = 'Yes they were asked but no outcomes were expressed') AS msp_asked_not_stated,
    count(*) FILTER (msp_asked = 'No') AS msp_not_asked,
    count(*) FILTER (msp_asked = 'Don''t Know') AS msp_dont_know,
    count(*) FILTER (msp_asked = 'Not Recorded') AS msp_not_recorded,
    count(*) FILTER (location IN ('Care Home - Nursing', 'Care Home - Residential')) AS enquiries_in_care_homes,
    count(*) FILTER (list_contains(abuse_types, 'Physical Abuse')) AS enquiries_physical_abuse,
    count(*) FILTER (list_contains(abuse_types, 'Sexual Abuse')) AS enquiries_sexual_abuse,
    count(*) FILTER (list_contains(abuse_types, 'Psychological Abuse')) AS enquiries_psychological_abuse,
    count(*) FILTER (list_contains(abuse_types, 'Financial or Material Abuse')) AS enquiries_financial_or_material_abuse,
    count(*) FILTER (list_contains(abuse_types, 'Discriminatory Abuse')) AS enquiries_discriminatory_abuse,
    count(*) FILTER (list_contains(abuse_types, 'Organisational Abuse')) AS enquiries_organisational_abuse,
    count(*) FILTER (list_contains(abuse_types, 'Neglect and Acts of Omission')) AS enquiries_neglect_and_acts_of_omission,
    count(*) FILTER (list_contains(abuse_types, 'Domestic Abuse')) AS enquiries_domestic_abuse,
    count(*) FILTER (list_contains(abuse_types, 'Sexual Exploitation')) AS enquiries_sexual_exploitation,
    count(*) FILTER (list_contains(abuse_types, 'Modern Slavery')) AS enquiries_modern_slavery,
    count(*) FILTER (list_contains(abuse_types, 'Self-Neglect')) AS enquiries_self_neglect,
    count(*) FILTER (location = 'Own Home') AS enquiries_at_own_home,
    count(*) FILTER (location = 'In the Community (excluding community services)') AS enquiries_at_in_the_community_excluding_community_services,
    count(*) FILTER (location = 'In a Community Service') AS enquiries_at_in_a_community_service,
    count(*) FILTER (location = 'Care Home - Nursing') AS enquiries_at_care_home_nursing,
    count(*) FILTER (location = 'Care Home - Residential') AS enquiries_at_care_home_residential,
    count(*) FILTER (location = 'Hospital - Acute') AS enquiries_at_hospital_acute,
    count(*) FILTER (location = 'Hospital - Mental Health') AS enquiries_at_hospital_mental_health,
    count(*) FILTER (location = 'Hospital - Community') AS enquiries_at_hospital_community,
    count(*) FILTER (location = 'Other') AS enquiries_at_other
FROM facts.section_42_enquiries
GROUP BY quarter
ORDER BY quarter
