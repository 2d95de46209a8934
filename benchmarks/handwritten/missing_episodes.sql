SELECT
    quarter,
    -- counts
    count(*) AS missing_episodes,
    count(*) FILTER (missing_from = 'Home' AND first_since_april = 'Yes') AS missing_from_home,
    count(*) FILTER (missing_from = 'Care' AND first_since_april = 'Yes') AS missing_from_care,
    count(hours_missing) AS returned_from_missing,
    -- out of returned_from_missing
    count(hours_missing) FILTER (return_interview IN ('Completed within 72 hours', 'Completed later')) AS return_interviews_completed,
    count(hours_missing) FILTER (return_interview = 'Completed within 72 hours') AS return_interviews_in_time,
    count(hours_missing) FILTER (return_interview = 'Offered and declined') AS return_interviews_declined,
    count(hours_missing) FILTER (return_interview = 'Not offered') AS return_interviews_not_offered,
    count(hours_missing) FILTER (welfare_check = 'Within 24 hours') AS welfare_checks_within_24_hours,
    count(*) FILTER (hours_missing >= 24) AS missing_24_hours_or_more
FROM facts.missing_episodes
GROUP BY quarter
ORDER BY quarter
