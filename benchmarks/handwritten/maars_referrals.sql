SELECT
    quarter,
    -- counts
    count(*) AS maars_referrals,
    -- out of maars_under_30
    count(*) FILTER (list_contains(risks, 'Housing') AND age_band IN ('18-24', '25-29')) AS maars_housing_young_adults,
    -- out of maars_referrals
    count(*) FILTER (age_band IN ('18-24', '25-29')) AS maars_under_30,
    count(*) FILTER (list_contains(risks, 'Criminal exploitation') OR list_contains(risks, 'Sexual exploitation')) AS maars_exploitation,
    count(*) FILTER (len(risks) >= 3) AS maars_three_or_more_risks,
    count(*) FILTER (repeat_referral = 'Yes') AS maars_repeat_referrals,
    count(*) FILTER (list_contains(risks, 'Mental health')) AS maars_mental_health,
    count(*) FILTER (list_contains(risks, 'Substance misuse')) AS maars_substance_misuse,
    count(*) FILTER (list_contains(risks, 'Housing')) AS maars_housing,
    count(*) FILTER (list_contains(risks, 'Self-neglect')) AS maars_self_neglect,
    count(*) FILTER (list_contains(risks, 'Criminal exploitation')) AS maars_criminal_exploitation,
    count(*) FILTER (list_contains(risks, 'Sexual exploitation')) AS maars_sexual_exploitation,
    count(*) FILTER (list_contains(risks, 'Offending')) AS maars_offending,
    count(*) FILTER (list_contains(risks, 'Domestic abuse')) AS maars_domestic_abuse,
    count(*) FILTER (list_contains(risks, 'Physical health')) AS maars_physical_health,
    count(*) FILTER (list_contains(risks, 'Learning disability or autism')) AS maars_learning_disability_or_autism,
    count(*) FILTER (list_contains(risks, 'Social isolation')) AS maars_social_isolation,
    count(*) FILTER (age_band = '18-24') AS maars_age_18_24,
    count(*) FILTER (age_band = '25-29') AS maars_age_25_29,
    count(*) FILTER (age_band = '30-39') AS maars_age_30_39,
    count(*) FILTER (age_band = '40-49') AS maars_age_40_49,
    count(*) FILTER (age_band = '50-64') AS maars_age_50_64,
    count(*) FILTER (age_band = '65-74') AS maars_age_65_74,
    count(*) FILTER (age_band = '75-84') AS maars_age_75_84,
    count(*) FILTER (age_band = '85-94') AS maars_age_85_94,
    count(*) FILTER (age_band = '95+') AS maars_age_95,
    count(*) FILTER (age_band = 'Not Known') AS maars_age_not_known
FROM facts.maars_referrals
GROUP BY quarter
ORDER BY quarter
