SELECT
    quarter,
    -- counts
    count(*) AS sar_referrals,
    count(*) FILTER (outcome = 'Did not meet criteria') AS sar_did_not_meet_criteria,
    count(*) FILTER (outcome = 'Met criteria') AS sar_met_criteria,
    count(*) FILTER (outcome = 'Other review commissioned') AS sar_other_review_commissioned,
    count(*) FILTER (outcome = 'Decision awaited') AS sar_decision_awaited
FROM facts.sar_referrals
GROUP BY quarter
ORDER BY quarter
