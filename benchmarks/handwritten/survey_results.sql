SELECT
    quarter,
    -- counts
    coalesce(sum(answered) FILTER (question = 'Feel safe' AND age_band = '18-64'), 0) AS asked_whether_safe,
    max(margin) FILTER (question = 'Feel safe' AND age_band = '18-64') AS margin,
    -- out of asked_whether_safe
    coalesce(sum(said_yes) FILTER (question = 'Feel safe' AND age_band = '18-64'), 0) AS survey_feel_safe
FROM facts.survey_results
GROUP BY quarter
ORDER BY quarter
