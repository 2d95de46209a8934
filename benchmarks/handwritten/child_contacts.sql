SELECT
    quarter,
    -- counts
    count(*) AS contacts,
    count(re_referral) FILTER (outcome = 'Referral to social care') AS referrals_with_a_known_past,
    -- out of contacts
    count(*) FILTER (main_concern = 'Neglect') AS contacts_about_neglect,
    count(*) FILTER (outcome = 'Referral to social care') AS referrals_to_social_care,
    count(*) FILTER (outcome = 'Early help assessment') AS contacts_to_early_help,
    count(*) FILTER (outcome = 'Information and advice') AS contacts_information_and_advice,
    count(*) FILTER (outcome = 'Added to an open case') AS contacts_added_to_an_open_case,
    count(*) FILTER (outcome = 'No further action') AS contacts_no_further_action,
    -- out of referrals_with_a_known_past
    count(*) FILTER (outcome = 'Referral to social care' AND re_referral = 'Yes') AS re_referrals_within_12_months
FROM facts.child_contacts
GROUP BY quarter
ORDER BY quarter
